"""A sequence begins again

Revision ID: c062
Author: corpus
"""

# expected class: unknown

import sqlalchemy as sa
from alembic import op

revision = 'c062'
down_revision = 'c061'


def upgrade():
    op.execute("alter sequence users_id_seq restart")


def downgrade():
    op.execute("select 1")
