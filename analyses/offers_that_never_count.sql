-- Which qualifying offers are in no month's window, and in how many spells?
select
    rule_id,
    reason,
    count(*) as offers,
    count(distinct spell_id) as spells
from {{ ref('fct_offer_decisions') }}
where is_qualifying and counts_from_month is null
group by rule_id, reason
order by offers desc
