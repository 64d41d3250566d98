"""MERGE that deletes

Revision ID: c059
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c059'
down_revision = 'c058'


def upgrade():
    op.execute("merge into orders o using (select 0 as id) s on o.id = s.id when matched then delete")


def downgrade():
    op.execute("select 1")
