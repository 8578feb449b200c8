"""Running the service: models, backups, health, over HTTP."""
