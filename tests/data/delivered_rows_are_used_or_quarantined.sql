-- Rules: X-01.
-- Every row of every delivered table is used or quarantined, once: the counts and the sums of the positions agree.
{% set tables = [
    'tass_samtaler', 'tass_fravaer', 'tass_visitation', 'tass_tilmeldinger', 'tass_mii', 'fleur_udbetalinger',
    'ram_udbetalinger', 'taeller_dagpengeperioder', 'ky_udbetalinger', 'kmd_aktiv_udbetalinger', 'ky_forrevalidering',
    'ksd_sygedagpenge', 'kmd_sygedagpenge', 'ksd_delvis_raskmelding', 'plan_tilbud', 'eindkomst_loentimer', 'cpr_personer',
    'cpr_bopael', 'dst_befolkning', 'bm_resultatmaal', 'kommune_klynger',
] %}
with load_log as (
    select source_table, rows_delivered, rows_used, rows_quarantined
    from {{ source('raw', 'load_log') }}
),

used as (
    {% for table in tables %}
    select '{{ table }}' as source_table, count(*) as rows_found, coalesce(sum(row_number), 0) as positions
    from {{ source('raw', table) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

quarantined as (
    select source_table, count(*) as rows_found, sum(row_number) as positions
    from {{ ref('quarantined_rows') }}
    group by source_table
),

final as (
    select
        coalesce(load_log.source_table, used.source_table, quarantined.source_table) as source_table,
        load_log.rows_delivered,
        load_log.rows_used,
        load_log.rows_quarantined,
        used.rows_found as used_found,
        quarantined.rows_found as quarantined_found
    from load_log
    full join used on load_log.source_table = used.source_table
    full join quarantined on load_log.source_table = quarantined.source_table
    where
        load_log.rows_delivered is distinct from load_log.rows_used + load_log.rows_quarantined
        or load_log.rows_used is distinct from used.rows_found
        or load_log.rows_quarantined is distinct from coalesce(quarantined.rows_found, 0)
        or load_log.rows_delivered * (load_log.rows_delivered + 1)
        is distinct from 2 * (used.positions + coalesce(quarantined.positions, 0))
)

select * from final
