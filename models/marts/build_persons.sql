-- Grain: person in the raw tables. Rules: X-01.
-- A fingerprint of all raw rows of a person, whatever their order: equal fingerprints, equal data.
with row_hashes as (
    {% for table in tables_with_persons() -%}
    select person_id, hash('{{ table }}', raw_row) as row_hash
    from (select * exclude (row_number) from {{ source('raw', table) }}) as raw_row
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select person_id, bit_xor(row_hash) as data_fingerprint
    from row_hashes
    group by person_id
)

select * from final
