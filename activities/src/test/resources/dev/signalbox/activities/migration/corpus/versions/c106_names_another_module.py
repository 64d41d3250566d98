"""Types of another module and variables that no statement has change nothing

Revision ID: c106
Author: corpus
"""

# expected class: expand

import gc
import os
import sqlalchemy as sa
from alembic import op

revision = 'c106'
down_revision = 'c105'

DEBUG = os.environ.get("DEBUG")


def upgrade():
    print(DEBUG, os.path.join("a", "b"))
    op.add_column("orders", sa.Column("way", sa.Integer, info={"seen": gc.isenabled()}))


def downgrade():
    op.execute("select 1")
