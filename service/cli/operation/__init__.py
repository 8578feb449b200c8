"""Commands that run the service: its processes, database, models and backups."""
