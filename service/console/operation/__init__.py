"""Running the service: models, backups, health, on the console's pages."""
