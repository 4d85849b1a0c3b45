"""The audit of an owner that is there only grows; that of an erased one may go."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

REFUSED = "the audit can only be added to"
GONE = "NOT EXISTS (SELECT 1 FROM owner WHERE owner.id = OLD.owner_id)"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _function(f"IF TG_OP = 'DELETE' AND {GONE} THEN RETURN OLD; END IF; ")
    else:
        _trigger(f"WHEN NOT ({GONE}) ")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _function("")
    else:
        _trigger("")


def _function(unless: str) -> None:
    op.execute(
        sa.text(
            "CREATE OR REPLACE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {unless}RAISE EXCEPTION '{REFUSED}'; END $$"
        )
    )


def _trigger(when: str) -> None:
    op.execute("DROP TRIGGER audit_no_delete")
    op.execute(
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit {when}"
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )
