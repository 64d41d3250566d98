"""Rename column

Revision ID: c011
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c011'
down_revision = 'c010'


def upgrade():
    op.alter_column("users", "nick", new_column_name="nickname")


def downgrade():
    op.alter_column("users", "nickname", new_column_name="nick")
