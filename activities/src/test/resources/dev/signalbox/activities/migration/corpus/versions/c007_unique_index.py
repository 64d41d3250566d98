"""Unique index

Revision ID: c007
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c007'
down_revision = 'c006'


def upgrade():
    op.create_index("ux_users_email", "users", ["email"], unique=True)


def downgrade():
    op.drop_index("ux_users_email")
