"""Filled column

Revision ID: c003
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c003'
down_revision = 'c002'


def upgrade():
    op.add_column("users", sa.Column("plan", sa.String(10), nullable=False, server_default="free"))


def downgrade():
    op.drop_column("users", "plan")
