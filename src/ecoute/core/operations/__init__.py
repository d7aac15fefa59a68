"""What is done to an installation: saved, restored, upgraded, served. Commands are thin passages to these."""
