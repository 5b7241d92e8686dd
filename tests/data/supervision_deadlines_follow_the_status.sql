-- Rules: V-02 to V-06, rows.
-- In the year after: publication by 1 April always, notice by 30 April unless none, the statement by 31 July when selected or
-- under administration, recovery to 31 December when selected or extended. A status kept for lack of a figure is only published.
with supervision as (
    select
        *,
        lag(status) over (partition by municipality_code order by "year") in ('selected', 'extended', 'administration')
            as is_under_supervision_before,
        (is_offer_goal_met is null and "year" >= 2023)
        or (is_conversation_goal_met is null and "year" >= 2021) as lacks_figure
    from {{ ref('mart_supervision') }}
),

expected as (
    select
        *,
        case when lacks_figure and is_under_supervision_before then 'none' else status end as deadline_status,
        make_date("year" + 1, 4, 1) as april_first,
        make_date("year" + 1, 4, 30) as april_last,
        make_date("year" + 1, 7, 31) as july_last,
        make_date("year" + 1, 12, 31) as december_last
    from supervision
),

final as (
    select municipality_code, "year", status, deadline_status, published_by, notice_by, statement_due, recovery_end
    from expected
    where
        published_by is distinct from april_first
        or notice_by is distinct from case when deadline_status <> 'none' then april_last end
        or statement_due is distinct from case when deadline_status in ('selected', 'administration') then july_last end
        or recovery_end is distinct from case when deadline_status in ('selected', 'extended') then december_last end
)

select * from final
