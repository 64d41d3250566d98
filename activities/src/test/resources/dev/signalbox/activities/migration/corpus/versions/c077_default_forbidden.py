"""The default breaks the check

Revision ID: c077
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c077'
down_revision = 'c076'


def upgrade():
    op.execute("ALTER TABLE orders ADD q int DEFAULT 0")
    op.execute("ALTER TABLE orders ADD CHECK (q > 5) NOT VALID")


def downgrade():
    op.execute("select 1")
