"""An aggregate is replaced

Revision ID: c081
Author: corpus
"""

# expected class: unknown

import sqlalchemy as sa
from alembic import op

revision = 'c081'
down_revision = 'c080'


def upgrade():
    op.execute("CREATE OR REPLACE AGGREGATE mysum(int) (sfunc = int4pl, stype = int)")


def downgrade():
    op.execute("select 1")
