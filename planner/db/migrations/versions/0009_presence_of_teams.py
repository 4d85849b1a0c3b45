"""What ties a team to its place, who may work elsewhere, how many days, which weekdays."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("tied_to", sa.Text()),
    ("ict_ready", sa.BigInteger()),
    ("not_eligible", sa.BigInteger()),
    ("remote_days", sa.BigInteger()),
    ("on_site_days", sa.Text()),
)


def upgrade() -> None:
    for name, kind in _COLUMNS:
        op.add_column("team", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name, _ in reversed(_COLUMNS):
        op.drop_column("team", name)
