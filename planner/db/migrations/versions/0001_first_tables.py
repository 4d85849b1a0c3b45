"""Owners, estates, runs, plans, proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = (
    "run_log",
    "proposal_version",
    "team_day",
    "team",
    "space",
    "seating",
    "run",
    "rule",
    "proposal",
    "plan",
    "near",
    "floor",
    "estate_change",
    "building",
    "assumption",
    "membership",
    "estate_snapshot",
    "estate",
    "document",
    "user_account",
    "sign_in_failure",
    "owner",
    "audit",
)
"""In the order in which they can be dropped."""


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_owner_id", "audit", ["owner_id"], unique=False)
    op.create_index("ix_audit_subject_id", "audit", ["subject_id"], unique=False)
    op.create_table(
        "owner",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_owner"),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("email_hash", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_failure"),
    )
    op.create_index(
        "ix_sign_in_failure_email_hash", "sign_in_failure", ["email_hash"], unique=False
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_user_account"),
        sa.UniqueConstraint("email", name="uq_user_account_email"),
    )
    op.create_table(
        "document",
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_document_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "key", name="pk_document"),
    )
    op.create_table(
        "estate",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("owner_kind", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("area_unit", sa.Text(), nullable=False),
        sa.Column("generated", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_estate_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_estate"),
    )
    op.create_index("ix_estate_owner_id", "estate", ["owner_id"], unique=False)
    op.create_table(
        "estate_snapshot",
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_estate_snapshot_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "hash", name="pk_estate_snapshot"),
    )
    op.create_table(
        "membership",
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_membership_owner_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_membership_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", "user_id", name="pk_membership"),
    )
    op.create_table(
        "assumption",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_assumption_estate_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_assumption_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assumption"),
        sa.UniqueConstraint("estate_id", "key", name="uq_assumption_estate_id_key"),
    )
    op.create_index("ix_assumption_estate_id", "assumption", ["estate_id"], unique=False)
    op.create_table(
        "building",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("tenure", sa.Text(), nullable=False),
        sa.Column("rent_per_m2_month", sa.BigInteger(), nullable=True),
        sa.Column("running_cost_per_m2_month", sa.BigInteger(), nullable=True),
        sa.Column("latitude", sa.BigInteger(), nullable=True),
        sa.Column("longitude", sa.BigInteger(), nullable=True),
        sa.Column("lease_end", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_building_estate_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_building_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_building"),
        sa.UniqueConstraint("estate_id", "code", name="uq_building_estate_id_code"),
    )
    op.create_index("ix_building_estate_id", "building", ["estate_id"], unique=False)
    op.create_table(
        "estate_change",
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_estate_change_estate_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_estate_change_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_estate_change"),
    )
    op.create_index("ix_estate_change_estate_id", "estate_change", ["estate_id"], unique=False)
    op.create_index("ix_estate_change_owner_id", "estate_change", ["owner_id"], unique=False)
    op.create_table(
        "floor",
        sa.Column("building", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.Column("gross_area_m2", sa.BigInteger(), nullable=True),
        sa.Column("lettable_area_m2", sa.BigInteger(), nullable=False),
        sa.Column("area_basis", sa.Text(), nullable=False),
        sa.Column("seats", sa.BigInteger(), nullable=False),
        sa.Column("exit_capacity", sa.BigInteger(), nullable=True),
        sa.Column("has", sa.Text(), nullable=False),
        sa.Column("lettable", sa.Boolean(), nullable=False),
        sa.Column("rent_per_m2_month", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_floor_estate_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_floor_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_floor"),
        sa.UniqueConstraint("estate_id", "code", name="uq_floor_estate_id_code"),
    )
    op.create_index("ix_floor_estate_id", "floor", ["estate_id"], unique=False)
    op.create_table(
        "near",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("within", sa.Text(), nullable=False),
        sa.Column("penalty", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_near_estate_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_near_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_near"),
    )
    op.create_index("ix_near_estate_id", "near", ["estate_id"], unique=False)
    op.create_table(
        "plan",
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=True),
        sa.Column("estate_version", sa.Integer(), nullable=False),
        sa.Column("estate_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("npv", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("bound", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("freed", sa.Text(), nullable=False),
        sa.Column("people_moved", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_plan_estate_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_plan_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_plan"),
        sa.UniqueConstraint("run_id", name="uq_plan_run_id"),
    )
    op.create_index("ix_plan_estate_id", "plan", ["estate_id"], unique=False)
    op.create_index("ix_plan_hash", "plan", ["hash"], unique=False)
    op.create_index("ix_plan_owner_id", "plan", ["owner_id"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_proposal_estate_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_proposal_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
    )
    op.create_index("ix_proposal_estate_id", "proposal", ["estate_id"], unique=False)
    op.create_index("ix_proposal_owner_id", "proposal", ["owner_id"], unique=False)
    op.create_table(
        "rule",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_rule_estate_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_rule_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rule"),
    )
    op.create_index("ix_rule_estate_id", "rule", ["estate_id"], unique=False)
    op.create_table(
        "run",
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("estate_version", sa.Integer(), nullable=False),
        sa.Column("estate_hash", sa.String(), nullable=False),
        sa.Column("once", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("queued_at", sa.DateTime(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("deaths", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("heartbeat", sa.DateTime(), nullable=True),
        sa.Column("stop_requested", sa.Boolean(), nullable=False),
        sa.Column("freed", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_run_estate_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_run_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
        sa.UniqueConstraint("owner_id", "once", name="uq_run_owner_id_once"),
    )
    op.create_index("ix_run_estate_id", "run", ["estate_id"], unique=False)
    op.create_index("ix_run_owner_id", "run", ["owner_id"], unique=False)
    op.create_index("ix_run_state", "run", ["state"], unique=False)
    op.create_table(
        "seating",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("floor", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_seating_estate_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_seating_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_seating"),
    )
    op.create_index("ix_seating_estate_id", "seating", ["estate_id"], unique=False)
    op.create_table(
        "space",
        sa.Column("floor", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("drawn_area_m2", sa.BigInteger(), nullable=True),
        sa.Column("declared_area_m2", sa.BigInteger(), nullable=True),
        sa.Column("declared_basis", sa.Text(), nullable=False),
        sa.Column("seats", sa.BigInteger(), nullable=True),
        sa.Column("outline", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_space_estate_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_space_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_space"),
        sa.UniqueConstraint("estate_id", "floor", "number", name="uq_space_estate_id_floor_number"),
    )
    op.create_index("ix_space_estate_id", "space", ["estate_id"], unique=False)
    op.create_table(
        "team",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("headcount", sa.BigInteger(), nullable=False),
        sa.Column("onsite_class", sa.Text(), nullable=False),
        sa.Column("attendance_rate", sa.BigInteger(), nullable=True),
        sa.Column("busiest_rate", sa.BigInteger(), nullable=True),
        sa.Column("growth", sa.BigInteger(), nullable=False),
        sa.Column("min_on_site", sa.BigInteger(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("stay_within", sa.Text(), nullable=False),
        sa.Column("split_at_least", sa.BigInteger(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_team_estate_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_team_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
        sa.UniqueConstraint("estate_id", "code", name="uq_team_estate_id_code"),
    )
    op.create_index("ix_team_estate_id", "team", ["estate_id"], unique=False)
    op.create_table(
        "team_day",
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("present", sa.BigInteger(), nullable=False),
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_team_day_estate_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("estate_id", "date", "team", name="pk_team_day"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proposal_version",
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("proposal_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("submitted_by", sa.String(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_proposal_version_owner_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_proposal_version_plan_id"),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name="fk_proposal_version_proposal_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_proposal_version"),
        sa.UniqueConstraint("proposal_id", "number", name="uq_proposal_version_proposal_id_number"),
    )
    op.create_index("ix_proposal_version_owner_id", "proposal_version", ["owner_id"], unique=False)
    op.create_index("ix_proposal_version_plan_id", "proposal_version", ["plan_id"], unique=False)
    op.create_index(
        "ix_proposal_version_proposal_id", "proposal_version", ["proposal_id"], unique=False
    )
    op.create_table(
        "run_log",
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("bound", sa.BigInteger(), nullable=True),
        sa.Column("step", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name="fk_run_log_run_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_run_log"),
    )
    op.create_index("ix_run_log_run_id", "run_log", ["run_id"], unique=False)
    _audit_only_grows()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_only_grows ON audit")
        op.execute("DROP FUNCTION audit_only_grows()")
    for table in _TABLES:
        op.drop_table(table)


def _audit_only_grows() -> None:
    """Let the database itself refuse to change or delete what the audit says."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit can only be added to'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE ON audit "
            "FOR EACH ROW EXECUTE FUNCTION audit_only_grows()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{change.lower()} BEFORE {change} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit can only be added to'); END"
        )
