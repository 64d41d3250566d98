"""Another module may do more when it runs than when it is asked for SQL

Revision ID: c105
Author: corpus
"""

# expected class: unknown

import gc
import sqlalchemy as sa
from alembic import op

revision = 'c105'
down_revision = 'c104'


def upgrade():
    op.add_column("orders", sa.Column("lane", sa.Integer))
    gc.collect()


def downgrade():
    op.execute("select 1")
