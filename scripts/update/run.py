"""One update, from the new delivery to the exchanged rows."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb

from scripts.load import BUILT_SCHEMAS, load_delivery
from scripts.loading.contract import read_contract
from scripts.loading.files import WITHDRAWN
from scripts.settings import engine_settings, first_line
from scripts.sql import quoted
from scripts.update import FullBuildNeeded, UpdateError, changes
from scripts.update.merge import Rows, compare, exchange
from scripts.update.models import MEMORY, NARROWED, Model, Part, Project, parts, scope, sum_keys, warehouse_columns

# Of these only rows that reach a person's first day are read; what was paid before is known from the warehouse.
MUNICIPAL_PAYMENTS = {"ky_udbetalinger", "kmd_aktiv_udbetalinger"}
SCHEMAS = (
    "delivered raw rules staging intermediate marts whole months sums known clipped live history before before_clipped "
    "changes stale"
).split()
LOADER_TABLES = ("quarantined_rows", "load_log")


class Update:
    """The update of one warehouse: a database in memory with the warehouse and what was delivered attached.

    Besides the schemas of the project the memory has `delivered` (the raw tables as they will be), `whole` (tables as they
    will be), `months` (their rows of the months to make), `sums` (cells as they will be), `known`, `clipped`, `live` and
    `history` (what a few models see of others), `before` and `before_clipped` (what the sums were made of), `changes`, and
    `stale` (rows to be exchanged).
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, models: dict[str, Model]):
        self.connection = connection
        self.models = models
        self.columns: dict[str, dict[str, str]] = {}
        self.parts: dict[str, Part] = {}
        self.made: set[str] = set()  # relations in memory, as schema.name
        for schema in SCHEMAS:
            connection.execute(f"create schema if not exists {schema}")

    # --- Names behind which the models find their rows -----------------------------------------------------------------

    def copy_rules(self) -> None:
        """The seeds with their code types, and the tables that depend on them alone.

        Raises FullBuildNeeded for a table that is missing or unknown.
        """
        self.columns = warehouse_columns(self.connection)
        self.parts = parts(self.models, self.columns)
        types = self.connection.execute(
            "select type_name, labels from duckdb_types() "
            "where database_name = 'warehouse' and schema_name = 'rules' and logical_type = 'ENUM'"
        ).fetchall()
        for name, labels in types:
            self.connection.execute(f"create type rules.{name} as enum ({', '.join(map(quoted, labels))})")
        names = {self.value(f"select typeof(cast(null as rules.{name}))"): f"rules.{name}" for name, _ in types}
        self.columns = {
            table: {column: names.get(kind, kind) for column, kind in columns.items()} for table, columns in self.columns.items()
        }
        seeds = self.connection.execute(
            "select table_name from duckdb_tables() where database_name = 'warehouse' and schema_name = 'rules'"
        ).fetchall()
        for (seed,) in seeds:
            self.connection.execute(f"create table rules.{seed} as from warehouse.rules.{seed}")
        for name, part in self.parts.items():
            model = self.models[name]
            if part == Part.SEEDS_ONLY and model.is_view:
                self.connection.execute(f"create view {model.relation} as {model.sql}")
            elif part == Part.SEEDS_ONLY:
                self.connection.execute(f"create table {model.relation} as from warehouse.{model.table}")
        self.made.update(self.models[name].table for name, part in self.parts.items() if part == Part.SEEDS_ONLY)

    def stage(self, schema: str, raw: str) -> None:
        """The staging views over the raw tables of a schema."""
        for model in self.models.values():
            if model.schema == "staging":
                self.connection.execute(f"create view {schema}.{model.name} as {self.staged(model, raw)}")
                self.made.add(f"{schema}.{model.name}")

    def staged(self, model: Model, raw: str) -> str:
        """The SQL of a staging model over the raw tables of a schema."""
        return model.sql.replace(f'{MEMORY}"raw".', f"{raw}.")

    def inputs(self, name: str) -> dict[str, str]:
        """Where a model finds what it reads, by relation name, as far as that is not the name itself."""
        part = self.parts[name]
        found = {}
        for up in self.models[name].reads:
            read, read_part = self.models[up], self.parts[up]
            is_staging = read.schema == "staging"
            if part == Part.MONTHS and read_part == Part.SUMS:
                found[read.relation] = f"months.{up}"
            elif part == Part.MONTHS and is_staging:
                found[read.relation] = f"whole.{up}"
            elif part == Part.WHOLE and read_part != Part.SEEDS_ONLY and (is_staging or read_part != Part.WHOLE):
                found[read.relation] = f"whole.{up}"
            elif (name, up) in NARROWED:
                found[read.relation] = f"{NARROWED[name, up]}.{up}"
        return found

    def sql_of(self, name: str, inputs: dict[str, str]) -> str:
        """The SQL of a model reading from other relations."""
        sql = self.models[name].sql
        for relation, replacement in inputs.items():
            sql = sql.replace(relation, replacement)
        return sql

    def make(self, *names: str) -> None:
        """Make models in memory, each with the columns its table has in the warehouse."""
        for name in names:
            model = self.models[name]
            self.made.add(model.table)
            inputs = self.inputs(name)
            for relation in inputs.values():
                self.show(relation)
            sql = self.sql_of(name, inputs)
            if model.is_view:
                self.connection.execute(f"create view {model.relation} as {sql}")
                continue
            columns = ", ".join(f'cast(t."{column}" as {kind}) as "{column}"' for column, kind in self.columns[name].items())
            in_scope = self.scope(name) if self.parts[name] in (Part.PERSON_MONTHS, Part.MONTHS) else ""
            self.connection.execute(f"create table {model.relation} as select {columns} from ({sql}) as t {in_scope}")
            if self.parts[name] == Part.SUMS:
                self.add_difference(name)

    def show(self, relation: str) -> None:
        """Make a relation in one of the schemas whole, months or before, if it is not there."""
        if relation in self.made:
            return
        self.made.add(relation)
        schema, name = relation.split(".")
        if schema == "whole":
            self.connection.execute(f"create view {relation} as {self.new_table(name)}")
        elif schema == "months" and self.models[name].is_view:
            inputs = {
                self.models[up].relation: f"months.{up}"
                for up in self.models[name].reads
                if self.parts[up] not in (Part.SEEDS_ONLY, Part.WHOLE)
            }
            for up in inputs.values():
                self.show(up)
            self.connection.execute(f"create view {relation} as {self.sql_of(name, inputs)}")
        elif schema == "months":
            self.show(f"whole.{name}")
            self.connection.execute(f"create view {relation} as from whole.{name} semi join changes.months using (measure_month)")
        elif schema == "before":
            kind = "table" if self.parts[name] == Part.SUMS and not self.models[name].is_view else "view"
            self.connection.execute(f"create {kind} {relation} as {self.before(name)}")

    def before(self, name: str) -> str:
        """SQL of what a model gave of the changed persons' rows before the update."""
        model, part = self.models[name], self.parts[name]
        if model.schema == "staging":
            rows = self.staged(model, "warehouse.raw")
        elif model.is_view or part == Part.SUMS:
            return self.sql_of(name, self.inputs_before(name))
        else:
            rows = f"from warehouse.{model.table}"
        if part == Part.PERSON_MONTHS:
            return self.old_rows(name)
        key = next((key for key in ("spell_key", "person_key") if key in self.columns[name]), None)
        tables = {"spell_key": "changes.spells", "person_key": "changes.persons"}
        return f"from ({rows}) semi join {tables[key]} using ({key})" if key else rows

    def inputs_before(self, name: str) -> dict[str, str]:
        """Where a model finds what it read before the update, by relation name."""
        found = {}
        for up in self.models[name].reads:
            if self.parts[up] != Part.SEEDS_ONLY:
                if NARROWED.get((name, up)) == "clipped":
                    found[self.models[up].relation] = f"before_clipped.{up}"
                else:
                    self.show(f"before.{up}")
                    found[self.models[up].relation] = f"before.{up}"
        return found

    def add_difference(self, name: str) -> None:
        """Fill changes.sums_<name> with the cells in which the changed persons' part differs and sums.<name> with these cells
        as they will be."""
        self.show(f"before.{name}")
        keys = sum_keys(self.columns[name])
        sums = [column for column in self.columns[name] if column not in keys]
        listed = ", ".join(keys)
        self.connection.execute(
            f"""
            create table changes.sums_{name} as
            select {listed}, {", ".join(f"sum({column}) as {column}" for column in sums)}
            from (
                select {listed}, {", ".join(sums)} from {self.models[name].relation}
                union all
                select {listed}, {", ".join(f"-{column}" for column in sums)} from before.{name}
            )
            group by {listed}
            having {" or ".join(f"sum({column}) <> 0" for column in sums)}
            """
        )
        columns = [
            f"c.{column}" if column in keys else f"cast(c.{column} + coalesce(t.{column}, 0) as {kind}) as {column}"
            for column, kind in self.columns[name].items()
        ]
        self.connection.execute(
            f"""
            create table sums.{name} as
            select *
            from (
                select {", ".join(columns)}
                from changes.sums_{name} as c
                left join warehouse.{self.models[name].table} as t on {" and ".join(f"t.{key} = c.{key}" for key in keys)}
            )
            where {" or ".join(f"{column} <> 0" for column in sums)}
            """
        )

    def make_part(self, *wanted: Part) -> None:
        """Make every model of these parts that is not made yet, and what they need."""
        for name, part in self.parts.items():
            if part in wanted:
                self.make_up_to(name)

    def make_up_to(self, name: str) -> None:
        """Make a model and whatever it needs that is not made yet."""
        needed = {name}
        for other in reversed(list(self.models)):
            if other in needed:
                needed.update(self.models[other].reads)
        self.make(*(other for other in self.models if other in needed and self.models[other].table not in self.made))

    def scope(self, name: str) -> str:
        """SQL to put behind a table with alias t: only its rows in scope of the update."""
        return scope(name, self.parts[name], self.columns[name])

    def stale_rows(self, name: str) -> str:
        """The relation with the row_id of the warehouse's rows that are in scope of the update; made when first asked for."""
        relation = f"stale.{name}"
        if relation not in self.made:
            self.made.add(relation)
            table = f"warehouse.{self.models[name].table}"
            self.connection.execute(f"create table {relation} as select t.rowid as row_id from {table} as t {self.scope(name)}")
        return relation

    def old_rows(self, name: str) -> str:
        """SQL of the warehouse's rows of a table that are in scope of the update."""
        columns = ", ".join(f't."{column}"' for column in self.columns[name])
        table = self.models[name].table
        return f"select {columns} from warehouse.{table} as t semi join {self.stale_rows(name)} as s on t.rowid = s.row_id"

    def new_table(self, name: str) -> str:
        """SQL of a table as it will be: the warehouse's rows that stay, and the rows made."""
        columns = ", ".join(f't."{column}"' for column in self.columns[name])
        table = self.models[name].table
        stays = f"select {columns} from warehouse.{table} as t anti join {self.stale_rows(name)} as s on t.rowid = s.row_id"
        return f"{stays} union all select {columns} from {self.made_rows(name)}"

    def made_rows(self, name: str) -> str:
        """SQL to put behind `from`: the rows made that are in scope of the update, with alias t."""
        if self.parts[name] == Part.SUMS:
            return f"sums.{name} as t"
        in_scope = self.scope(name) if self.parts[name] == Part.PERSONS else ""
        return f"{self.models[name].relation} as t {in_scope}"

    # --- The steps -----------------------------------------------------------------------------------------------------

    def find_rows(self, is_complete: bool) -> None:
        """List the raw rows that go and come, and show the raw tables as they will be."""
        if is_complete:
            changes.list_differences(self.connection)
        else:
            changes.read_differences(self.connection)
        for table in read_contract().tables:
            columns = changes.column_list(table)
            self.connection.execute(
                f"""
                create view delivered.{table.name} as
                select {columns}, row_number
                from warehouse.raw.{table.name} as t
                anti join (select row_id from changes.rows_{table.name} where row_id is not null) as c on t.rowid = c.row_id
                union all
                select {columns}, row_number from changes.rows_{table.name} where row_id is null
                """
            )
        if is_complete:
            for name in LOADER_TABLES:
                self.connection.execute(f"create view delivered.{name} as from delivery.raw.{name}")
        else:
            self.count_rows()

    def count_rows(self) -> None:
        """The tables of the loader as they will be when changes are added to what was loaded."""
        self.connection.execute(
            """
            create table delivered.quarantined_rows as
            from warehouse.raw.quarantined_rows where rowid not in (select row_id from changes.repeated)
            union all
            from delivery.raw.quarantined_rows
            """
        )
        used = " union all ".join(
            f"select '{table.name}' as source_table, count(*) as rows_used from delivered.{table.name}"
            for table in read_contract().tables
        )
        self.connection.execute(
            f"""
            create table delivered.load_log as
            select
                used.source_table,
                coalesce(new.file_name, old.file_name) as file_name,
                used.rows_used + count(quarantined.source_table) as rows_delivered,
                used.rows_used,
                count(quarantined.source_table) as rows_quarantined
            from ({used}) as used
            inner join warehouse.raw.load_log as old using (source_table)
            inner join delivery.raw.load_log as new using (source_table)
            left join delivered.quarantined_rows as quarantined using (source_table)
            group by used.source_table, used.rows_used, new.file_name, old.file_name
            """
        )

    def settle_dates(self) -> changes.Days:
        """Make the as-of date and the months to measure. Raises FullBuildNeeded when an update cannot follow them."""
        self.stage("whole", "delivered")
        self.make("int_as_of")
        days = changes.Days(
            self.value("select as_of_date from warehouse.intermediate.int_as_of"),
            self.value("select as_of_date from intermediate.int_as_of"),
        )
        if days.old is None or days.new is None:
            raise FullBuildNeeded("a delivery without a date cannot be updated")
        if days.new < days.old:
            raise FullBuildNeeded(f"the as-of date moves back, from {days.old} to {days.new}")
        self.connection.execute("create view whole.int_benefit_intervals as from warehouse.intermediate.int_benefit_intervals")
        self.made.add("whole.int_benefit_intervals")
        self.make("int_months")
        self.connection.execute("drop view whole.int_benefit_intervals")
        self.made.remove("whole.int_benefit_intervals")
        months = "select min(measure_month), max(measure_month) from {}.intermediate.int_months"
        old, new = (self.connection.execute(months.format(database)).fetchone() for database in ("warehouse", "memory"))
        if old[0] is None or old[0] != new[0] or new[1] < old[1]:
            raise FullBuildNeeded("the first measured month moves, or the last moves back")
        return days

    def check_first_month(self) -> None:
        """Raises FullBuildNeeded when the changed persons' benefit days move the first measured month."""
        self.show("whole.int_benefit_intervals")
        sql = self.sql_of("int_months", self.inputs("int_months"))
        moved = self.value(f"select count(*) from (from ({sql}) except from intermediate.int_months)")
        moved += self.value(f"select count(*) from (from intermediate.int_months except from ({sql}))")
        if moved:
            raise FullBuildNeeded("the first measured month moves")

    def find_persons(self, days: changes.Days) -> None:
        """Fill changes.persons, and put the raw rows of those persons where the staging views look."""
        self.make("int_residence_stretches", "int_visitation_stretches")
        changes.find_changes(self.connection, days)
        for table in read_contract().tables:
            rows = f"from delivered.{table.name}"
            if table.name in MUNICIPAL_PAYMENTS:
                rows = f"select t.* {rows} as t inner join changes.persons as c on hash(t.person_id) = c.person_key " \
                    f"where t.{table.period[1]} >= c.first_day"
            elif table.has_persons:
                rows += " where hash(person_id) in (select person_key from changes.persons)"
            self.connection.execute(f"create table raw.{table.name} as {rows}")
        for name in LOADER_TABLES:
            self.connection.execute(f"create view raw.{name} as from delivered.{name}")
        self.stage("staging", "raw")

    def measure_persons(self) -> None:
        """Make everything about the changed persons, months from each person's first month on."""
        self.make_up_to("int_persons")
        self.make_up_to("int_municipal_payments")
        self.connection.execute(
            """
            create table known.int_municipal_payments as
            select * from intermediate.int_municipal_payments
            union all by name
            select t.* replace (least(t.end_date, c.first_day - 1) as end_date)
            from warehouse.intermediate.int_municipal_days as t
            inner join changes.persons as c using (person_key)
            where t.start_date < c.first_day
            """
        )
        self.make_up_to("int_spells")
        changes.set_first_months(self.connection)
        changes.list_spells(self.connection)
        self.connection.execute(
            "create view live.int_spells as from intermediate.int_spells semi join changes.spells using (spell_key)"
        )
        self.connection.execute(
            "create table changes.offers as select tilbud_id as offer_id from raw.plan_tilbud union select tilbud_id "
            "from warehouse.raw.plan_tilbud where hash(person_id) in (select person_key from changes.persons)"
        )
        self.check_first_month()
        for name in ("int_spell_benefit_days", "int_kl_member_days"):
            self.make_up_to(name)
            self.connection.execute(f"create view clipped.{name} as {clipped(name, 'memory')}")
            self.connection.execute(f"create view before_clipped.{name} as {clipped(name, 'warehouse')}")
        columns = "spell_key, measure_month, measurement_date, window_start_date, is_12_plus, is_7_months_plus"
        self.make_up_to("int_measured_months")
        self.connection.execute(
            f"""
            create table history.int_measured_months as
            select {columns} from intermediate.int_measured_months
            union all
            select {columns} from warehouse.intermediate.int_measured_months as t
            inner join changes.spells as c using (spell_key)
            where t.measure_month < c.first_month
            """
        )
        self.make_part(Part.PERSONS, Part.PERSON_MONTHS)

    def add_up(self) -> None:
        """Make the sums, the months in which one differs, and what is made of whole tables."""
        self.make_part(Part.SUMS)
        self.connection.execute(
            """
            create table changes.months as
            select measure_month
            from intermediate.int_months
            where
                date_trunc('quarter', measure_month) in (select kvartal from changes.rows_dst_befolkning)
                or exists (from changes.rows_kommune_klynger)
                or exists (from warehouse.raw.dst_befolkning) <> exists (from delivered.dst_befolkning)
            """
        )
        for name, part in self.parts.items():
            if part == Part.SUMS and not self.models[name].is_view:
                self.connection.execute(
                    f"insert into changes.months select distinct measure_month from changes.sums_{name} "
                    "where measure_month not in (from changes.months)"
                )
        self.make_part(Part.MONTHS, Part.WHOLE)

    def exchange(self) -> dict[str, tuple[int, int]]:
        """Exchange the rows in the warehouse, in one transaction; returns rows out and in by table."""
        tables = [
            Rows(model.table, list(self.columns[name]), f"warehouse.{model.table} as t {self.scope(name)}", self.made_rows(name))
            for name, model in self.models.items()
            if self.parts[name] != Part.SEEDS_ONLY and not model.is_view
        ]
        for rows in tables:
            compare(self.connection, rows)
        self.connection.execute("begin")
        counts = exchange(self.connection, tables)
        self.exchange_raw()
        self.connection.execute("commit")
        return counts

    def exchange_raw(self) -> None:
        """Exchange the raw rows in the warehouse."""
        for table in read_contract().tables:
            rows, columns = f"changes.rows_{table.name}", f"{changes.column_list(table)}, row_number"
            self.connection.execute(f"delete from warehouse.raw.{table.name} where rowid in (select row_id from {rows})")
            self.connection.execute(
                f"insert into warehouse.raw.{table.name} ({columns}) select {columns} from {rows} where row_id is null"
            )
        for name in LOADER_TABLES:
            self.connection.execute(f"delete from warehouse.raw.{name}")
            self.connection.execute(f"insert into warehouse.raw.{name} from delivered.{name}")

    def value(self, query: str):
        """The one value of a query."""
        return self.connection.execute(query).fetchone()[0]


def clipped(name: str, database: str) -> str:
    """SQL of a table of periods in a database without what lies before the month before each person's first month.

    One month more than needed, so that no two periods begin on the same day because of the clipping.
    """
    return (
        f"select t.* replace (greatest(t.start_date, p.first_month - 1) as start_date) "
        f"from {database}.intermediate.{name} as t inner join changes.persons as p using (person_key) "
        f"where t.end_date >= p.first_month - 1"
    )


def update(raw_dir: str | Path, db_path: str | Path, project: Project, is_complete: bool = True) -> dict[str, tuple[int, int]]:
    """Bring the warehouse db_path up to date with the delivery in raw_dir; returns rows out and in by table.

    A delivery that is not complete holds new rows, and in its folder withdrawn those to take away. Raises DeliveryError or
    UpdateError, and then leaves the warehouse as it was, or FullBuildNeeded.
    """
    db_path = Path(db_path)
    if not db_path.exists():
        raise FullBuildNeeded(f"there is no warehouse {db_path}")
    with tempfile.TemporaryDirectory(prefix=".update-", dir=db_path.resolve().parent) as scratch:
        delivered = load_to(Path(raw_dir), Path(scratch), is_complete)
        try:
            with duckdb.connect() as connection:
                open_databases(connection, db_path, delivered, Path(scratch))
                return update_with(connection, project, is_complete)
        except duckdb.Error as error:
            raise UpdateError(f"the update failed, the warehouse is as it was: {first_line(error)}") from error


def load_to(raw_dir: Path, scratch: Path, is_complete: bool) -> list[Path]:
    """Load a delivery to databases of their own, delivery and if need be withdrawn, in a folder."""
    delivery, withdrawn = scratch / "delivery.duckdb", scratch / "withdrawn.duckdb"
    load_delivery(raw_dir, delivery, is_complete=is_complete)
    if is_complete:
        return [delivery]
    folder = raw_dir / WITHDRAWN
    if not folder.exists():
        folder = scratch / WITHDRAWN
        folder.mkdir()
    load_delivery(folder, withdrawn, is_complete=False)
    return [delivery, withdrawn]


def update_with(connection: duckdb.DuckDBPyConnection, project: Project, is_complete: bool) -> dict[str, tuple[int, int]]:
    """The steps of an update. When it cannot follow, the raw rows alone are exchanged before FullBuildNeeded is raised."""
    one = Update(connection, project.models)
    try:
        check_key(connection)
        one.find_rows(is_complete)
    except (duckdb.BinderException, duckdb.CatalogException):
        raise FullBuildNeeded("the warehouse holds no delivery of this contract") from None
    try:
        check_project(connection, project)
        one.copy_rules()
        days = one.settle_dates()
        one.find_persons(days)
        one.measure_persons()
        one.add_up()
        return one.exchange()
    except FullBuildNeeded as reason:
        connection.execute("begin")
        for schema in BUILT_SCHEMAS:
            connection.execute(f"drop schema if exists warehouse.{schema} cascade")
        one.exchange_raw()
        connection.execute("commit")
        reason.is_loaded = True
        raise


def open_databases(connection: duckdb.DuckDBPyConnection, db_path: Path, delivered: list[Path], scratch: Path) -> None:
    """Attach the warehouse and what was delivered to a database in memory."""
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set preserve_insertion_order = false")
    for setting, value in engine_settings().items():
        connection.execute(f"set {setting} = {quoted(value)}")
    connection.execute(f"set temp_directory = {quoted(scratch / 'spill')}")
    connection.execute(f"attach {quoted(db_path)} as warehouse")
    for path in delivered:
        connection.execute(f"attach {quoted(path)} as {path.stem} (read_only)")


def check_key(connection: duckdb.DuckDBPyConnection) -> None:
    """Raises UpdateError when the delivery's ids are not made with the key of the warehouse's, or only one has a key."""
    checks = "from {}.raw.person_ids"
    if connection.execute(f"{checks.format('warehouse')} except {checks.format('delivery')}").fetchall():
        raise UpdateError("the warehouse was loaded with another pseudonym key, or only one of the two is: nothing is updated")


def check_project(connection: duckdb.DuckDBPyConnection, project: Project) -> None:
    """Raises FullBuildNeeded when the warehouse was built of other models, seeds or settings, or has been loaded since."""
    try:
        built = dict(connection.execute("select name, fingerprint from warehouse.build.nodes").fetchall())
    except duckdb.CatalogException:
        raise FullBuildNeeded("the warehouse is not of one whole build") from None
    changed = sorted(name for name, wanted in project.fingerprints.items() if wanted != built.get(name))
    if changed:
        raise FullBuildNeeded(f"the project has changed since the warehouse was built: {', '.join(changed[:5])}")
