"""A briefing each morning by Airflow's PapermillOperator; put the file in the folder of DAGs.

Needs apache-airflow-providers-papermill and apache-airflow-providers-standard, and briefing-lib where the workers run.
The kernel runs in the worker's folder, so that every path is a whole one.
"""

from datetime import UTC, datetime

from airflow import DAG
from airflow.providers.papermill.operators.papermill import PapermillOperator
from airflow.providers.standard.operators.bash import BashOperator

PROJECT = "/srv/briefings"
RAN = f"{PROJECT}/outputs/briefing-{{{{ ds }}}}.ipynb"

with DAG(
    dag_id="briefing",
    schedule="5 6 * * *",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
):
    run = PapermillOperator(
        task_id="run",
        input_nb=f"{PROJECT}/notebooks/3-briefing.ipynb",
        output_nb=RAN,
        parameters={"sources": f"{PROJECT}/seeds/north-korea", "as_of": "{{ ds }}", "marking": "TLP:GREEN"},
    )
    export = BashOperator(
        task_id="export",
        bash_command=f"jupyter nbconvert --to briefing {RAN} && jupyter nbconvert --to briefing_pdf {RAN}",
    )
    run >> export
