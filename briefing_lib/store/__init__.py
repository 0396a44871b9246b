"""What was read and extracted, kept so that nothing is done twice: an SQLite file in the user's cache."""

from briefing_lib.store.keeping import OFF, PLACE, Contents, Kept, Store, store_of_user

__all__ = ["OFF", "PLACE", "Contents", "Kept", "Store", "store_of_user"]
