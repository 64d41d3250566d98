"""With delete

Revision ID: c045
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c045'
down_revision = 'c044'


def upgrade():
    op.execute("WITH gone AS (DELETE FROM orders WHERE total = 0 RETURNING id) INSERT INTO jobs SELECT id FROM gone")


def downgrade():
    op.execute("SELECT 1")
