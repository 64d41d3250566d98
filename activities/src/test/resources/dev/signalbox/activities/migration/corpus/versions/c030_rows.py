"""Rows

Revision ID: c030
Author: corpus
"""

# expected class: data

import sqlalchemy as sa
from alembic import op

revision = 'c030'
down_revision = 'c029'


def upgrade():
    users = sa.table("users", sa.column("id", sa.Integer), sa.column("email", sa.String))
    op.bulk_insert(users, [{"id": 1, "email": "a@example.org"}])


def downgrade():
    op.execute("DELETE FROM users WHERE id = 1")
