from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "ecoute.directory"
    label = "directory"
