"""Sequence

Revision ID: c046
Author: corpus
"""

# expected class: data

import sqlalchemy as sa
from alembic import op

revision = 'c046'
down_revision = 'c045'


def upgrade():
    op.execute("SELECT setval('users_id_seq', 100)")


def downgrade():
    op.execute("SELECT 1")
