-- Grain: row of a parameter seed. Rules: all.
-- Every legal parameter as one text, with the rule it serves, its validity and its citation, whatever the seed's columns.
with parameters as (
    {% for seed in parameter_seeds() %}
    select
        '{{ seed }}' as seed,
        rule_id,
        source_document,
        source_section,
        to_json({{ seed }}) as cells
    from {{ ref(seed) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

cells as (
    select
        *,
        unnest(json_keys(cells)) as column_name,
        generate_subscripts(json_keys(cells), 1) as column_order
    from parameters
),

final as (
    select
        seed,
        rule_id,
        string_agg(column_name || ': ' || (cells ->> column_name), ', ' order by column_order)
        filter (
            where (cells ->> column_name) is not null
            and column_name not in ('rule_id', 'source_document', 'source_section', 'unit', 'valid_from', 'valid_to')
        ) as parameter,
        cells ->> 'unit' as unit,
        cast(cells ->> 'valid_from' as date) as valid_from,
        cast(cells ->> 'valid_to' as date) as valid_to,
        source_document,
        source_section
    from cells
    group by seed, rule_id, source_document, source_section, cells
)

select * from final
