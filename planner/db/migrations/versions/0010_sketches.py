"""Rooms of a file without a scale, kept with the picture until it has one."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("backdrop", sa.Column("sketch", sa.Text(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("backdrop", "sketch")
