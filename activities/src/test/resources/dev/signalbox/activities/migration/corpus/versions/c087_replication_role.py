"""Triggers and keys are off

Revision ID: c087
Author: corpus
"""

# expected class: unknown

import sqlalchemy as sa
from alembic import op

revision = 'c087'
down_revision = 'c086'


def upgrade():
    op.execute("SET session_replication_role = replica")


def downgrade():
    op.execute("select 1")
