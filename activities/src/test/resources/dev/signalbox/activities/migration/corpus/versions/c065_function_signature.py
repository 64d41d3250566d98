"""The signature of a function changes

Revision ID: c065
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c065'
down_revision = 'c064'


def upgrade():
    op.execute("CREATE FUNCTION sums(a int, b int) RETURNS int LANGUAGE sql AS 'select 1'")
    op.execute("DROP FUNCTION sums(int)")


def downgrade():
    op.execute("select 1")
