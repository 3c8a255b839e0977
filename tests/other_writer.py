"""Another program that writes into a GeoPackage, for tests of what is kept of it."""

# It has the database open, has written a row into the write-ahead log, and waits until its stdin ends, or dies.
OTHER = """
import sqlite3, sys, os, signal
database = sqlite3.connect(sys.argv[1])
database.execute("PRAGMA journal_mode=WAL")
database.execute("PRAGMA wal_autocheckpoint=0")
database.execute("INSERT INTO notes VALUES ('new')")
database.commit()
print("ready", flush=True)
sys.stdin.read()
"""
