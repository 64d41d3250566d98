"""A value of an enum cannot be taken away again

Revision ID: c027
Author: corpus
"""

# expected class: irreversible

import sqlalchemy as sa
from alembic import op

revision = 'c027'
down_revision = 'c026'


def upgrade():
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE mood ADD VALUE 'happy'")


def downgrade():
    pass
