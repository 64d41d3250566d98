"""Do block

Revision ID: c033
Author: corpus
"""

# expected class: unknown

import sqlalchemy as sa
from alembic import op

revision = 'c033'
down_revision = 'c032'


def upgrade():
    op.execute("DO $$ BEGIN EXECUTE 'DROP TABLE IF EXISTS nothing_here'; END $$")


def downgrade():
    op.execute("SELECT 1")
