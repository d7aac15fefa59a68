from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "ecoute.directory"
    label = "directory"

    def ready(self) -> None:
        from allauth.account import signals as account
        from allauth.mfa import signals as second_factor

        from ecoute.directory import checks, tracing  # noqa: F401  checks register themselves

        for signal in (account.password_changed, account.password_reset, account.password_set):
            signal.connect(tracing.password_changed)
        for signal in (second_factor.authenticator_added, second_factor.authenticator_removed):
            signal.connect(tracing.second_factor_changed)
