"""Running the service: models, backups, health, in the database."""
