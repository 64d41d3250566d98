"""Schema

Revision ID: c038
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c038'
down_revision = 'c037'


def upgrade():
    op.execute("CREATE SCHEMA audit")
    op.create_table("events", sa.Column("id", sa.Integer, primary_key=True), schema="audit")
    op.create_index("ux_events", "events", ["id"], unique=True, schema="audit")


def downgrade():
    op.execute("DROP SCHEMA audit CASCADE")
