"""Nobody can tell from SQL that it widens

Revision ID: c016
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c016'
down_revision = 'c015'


def upgrade():
    op.alter_column("orders", "note", type_=sa.Text())


def downgrade():
    op.alter_column("orders", "note", type_=sa.String(20))
