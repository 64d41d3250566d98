"""Unique index concurrently

Revision ID: c008
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c008'
down_revision = 'c007'


def upgrade():
    with op.get_context().autocommit_block():
        op.create_index("ux_users_nick", "users", ["nick"], unique=True, postgresql_concurrently=True)


def downgrade():
    op.drop_index("ux_users_nick")
