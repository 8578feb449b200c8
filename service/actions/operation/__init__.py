"""Running the service: models, backups, health, what the service does."""
