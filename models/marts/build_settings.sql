-- Grain: topic. Rules: X-01.
-- What this build was made with; seeds and code are told by fingerprints of their files.
with persons as (
    select count(*) as persons from {{ ref('build_persons') }}
),

months as (
    select min(measure_month) as first_month, max(measure_month) as last_month from {{ ref('int_months') }}
),

final as (
    select unnest([
        {'topic': 'built_at', 'setting_value': '{{ run_started_at.strftime("%Y-%m-%dT%H:%M:%SZ") }}'},
        {'topic': 'as_of_date', 'setting_value': cast(as_of.as_of_date as varchar)},
        {'topic': 'first_month', 'setting_value': cast(months.first_month as varchar)},
        {'topic': 'last_month', 'setting_value': cast(months.last_month as varchar)},
        {'topic': 'method_version', 'setting_value': nullif('{{ setting("method_version", "FOKUSMAAL_METHOD_VERSION") }}', '')},
        {'topic': 'seeds', 'setting_value': {{ files_fingerprint(['seeds/**/*.csv']) }}},
        {'topic': 'code', 'setting_value': {{ files_fingerprint(['macros/*.sql', 'models/**/*.sql']) }}},
        {'topic': 'duckdb_version', 'setting_value': version()},
        {'topic': 'persons', 'setting_value': cast(persons.persons as varchar)}
    ], recursive := true)
    from {{ ref('int_as_of') }} as as_of
    cross join months
    cross join persons
)

select * from final
