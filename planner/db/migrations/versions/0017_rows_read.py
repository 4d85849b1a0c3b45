"""How many rows of a file have been read while a worker takes it in."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("rows_read", "rows_in"):
        op.add_column("run", sa.Column(name, sa.Integer(), nullable=True))


def downgrade() -> None:
    for name in ("rows_in", "rows_read"):
        op.drop_column("run", name)
