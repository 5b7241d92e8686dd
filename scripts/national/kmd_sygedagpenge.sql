select
    person_id,
    foerste_fravaersdag,
    least(coalesce(sidste_fravaersdag, kmd_sickness_until), kmd_sickness_until) as sidste_fravaersdag,
    kommunekode,
from sickness_spell
where foerste_fravaersdag <= kmd_sickness_until
order by person_no, foerste_fravaersdag, sidste_fravaersdag, kommunekode
