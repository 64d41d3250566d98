"""Reads, then adds where it is missing

Revision ID: c095
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c095'
down_revision = 'c094'


def upgrade():
    names = sa.inspect(op.get_bind()).get_table_names()
    if "visits" not in names:
        op.create_table("visits", sa.Column("id", sa.Integer, primary_key=True))
        op.add_column("users", sa.Column("visits", sa.Integer, nullable=False, server_default="0"))


def downgrade():
    op.execute("select 1")
