"""A sequence runs backwards

Revision ID: c100
Author: corpus
"""

# expected class: unknown

import sqlalchemy as sa
from alembic import op

revision = 'c100'
down_revision = 'c099'


def upgrade():
    op.execute("ALTER SEQUENCE users_id_seq INCREMENT -1")


def downgrade():
    op.execute("select 1")
