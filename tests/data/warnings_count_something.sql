-- Rules: X-03.
-- A warning has a known code and table, counts at least one row, and at most as many persons as rows.
with final as (
    select *
    from {{ ref('data_warnings') }}
    where
        rows < 1
        or persons < 1
        or persons > rows
        or (warning_code, source_table) not in (
            ('unknown_residence', 'cpr_bopael'),
            ('no_birth_date', 'cpr_personer'),
            ('benefit_days_outside_dagpenge_period', 'taeller_dagpengeperioder'),
            ('overlapping_municipal_benefits', 'ky_udbetalinger'),
            ('unknown_municipality', 'cpr_bopael'),
            ('touching_sickness_spells', 'ksd_sygedagpenge')
        )
)

select * from final
