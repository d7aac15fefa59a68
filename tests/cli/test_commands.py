import subprocess
import sys

import pytest
from click.testing import CliRunner

from ecoute.cli import PLAIN_COMMANDS, main
from ecoute.cli.django_commands import DJANGO_COMMANDS, run_management

pytestmark = pytest.mark.unit


def test_help_lists_every_command_with_what_it_does():
    result = CliRunner().invoke(main, ["--help"])

    assert result.exit_code == 0
    for name, (_, summary) in {**PLAIN_COMMANDS, **DJANGO_COMMANDS}.items():
        assert name in result.output
        assert summary.split()[0] in result.output


def test_the_group_starts_without_django_numpy_or_jinja():
    code = "import sys, ecoute.cli; print([m for m in ('django', 'numpy', 'jinja2', 'rich') if m in sys.modules])"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


def test_help_of_the_group_imports_no_command():
    code = (
        "import sys\nfrom ecoute.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([m for m in ('django', 'numpy', 'ecoute.cli.analyze') if m in sys.modules])"
    )

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(("typed", "meant"), [("analyse", "analyze"), ("improt", "import"), ("serv", "serve")])
def test_a_slip_of_the_fingers_is_answered_with_the_command_meant(typed, meant):
    result = CliRunner().invoke(main, [typed])

    assert result.exit_code == 2
    assert f"« {meant} »" in result.output


def test_an_unknown_command_without_a_neighbour_is_refused_plainly():
    result = CliRunner().invoke(main, ["xyzxyz"])

    assert result.exit_code == 2
    assert "n'existe pas" in result.output
    assert "Vouliez-vous" not in result.output


def test_arguments_and_help_pass_through_to_django(capsys):
    assert run_management("check", "check", ["--help"]) == 0

    assert "usage: ecoute check" in capsys.readouterr().out


def test_every_public_name_leads_to_a_management_command_that_exists():
    from django.core.management import get_commands

    targets = {target for target, _ in DJANGO_COMMANDS.values()}

    assert targets - get_commands().keys() == set()


def test_a_failing_management_command_gives_its_exit_code(capsys):
    code = run_management("check", "check", ["--tag", "no-such-tag"])

    assert code == 1
    assert "no-such-tag" in capsys.readouterr().err


def test_help_of_a_database_command_is_the_management_command_s(capfd):
    result = subprocess.run(
        [sys.executable, "-c", "from ecoute.cli import main; main()", "check", "--help"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0
    assert "--deploy" in result.stdout
