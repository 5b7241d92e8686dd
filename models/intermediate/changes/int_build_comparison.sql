-- Grain: one row. Rules: X-01.
-- Whether there is a previous publication, and whether its persons can be compared with those of this build.
{%- set has_persons = has_previous('fct_person_months') and has_previous('build_persons') %}
with common_persons as (
    select count(*) as persons
    from {{ ref('build_persons') }} as latest
    semi join {{ previous('build_persons') }} as earlier on latest.person_id = earlier.person_id
),

previous_engine as (
    select max(setting_value) as duckdb_version
    from {{ previous('build_settings') }}
    where topic = 'duckdb_version'
),

reasons as (
    select
        case
            when not {{ has_previous('build_settings') | lower }} then 'There is no previous publication to compare with.'
            when not {{ has_persons | lower }} then 'Persons are not followed: the previous publication holds none.'
            when previous_engine.duckdb_version <> version()
                then 'Persons are not followed: another version of DuckDB took the fingerprints of the previous publication.'
            when common_persons.persons = 0
                then 'Persons are not followed: the previous publication has none of these person ids.'
        end as obstacle
    from common_persons
    cross join previous_engine
),

final as (
    select
        {{ has_previous('build_settings') | lower }} as has_previous,
        obstacle is null as is_by_person,
        coalesce(obstacle, 'Cells and persons are compared with the previous publication.') as note
    from reasons
)

select * from final
