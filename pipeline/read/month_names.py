"""Month names and their usual short forms in the languages that news sites write, casefolded, to 1-12.

Forms inside a sentence stand beside the dictionary's where a language has them (Polish "maja", Finnish "toukokuuta").
"""

from __future__ import annotations

_NAMES: dict[int, str] = {
    1: (
        "january jan jänner januar januari januára januarja janúar janvier janv enero ene gennaio gen "
        "janeiro xaneiro gener ianuarie ian január styczeń stycznia sty января январь янв leden ledna "
        "siječnja siječanj ocak oca tammikuu tammikuuta jaanuar janvāris janvārī sausio sausis janar "
        "urtarrila urtarrilaren січня січень студзеня януари яну јануар јануара јануари ιανουαρίου "
        "ιανουάριος ιαν yanvar қаңтар يناير جانفي جنوری ژانویه ינואר जनवरी जानेवारी জানুয়ারি "
        "জানুয়ারী ஜனவரி జనవరి იანვარი հունվարի มกราคม"
    ),
    2: (
        "february feb februar februari februára februarja febrúar février fevrier févr fevr fév "
        "febrero febbraio febbr fevereiro fev febreiro febrer februarie február febr luty lutego lut "
        "февраля февраль фев únor února veljače veljača şubat şub helmikuu helmikuuta veebruar "
        "februāris februārī vasario vasaris shkurt otsaila otsailaren pebrero лютого лютий лютага "
        "февруари фебруар фебруара фебруари φεβρουαρίου φεβρουάριος φεβ fevral ақпан فبراير فيفري "
        "شباط فروری فوریه פברואר फरवरी फ़रवरी फेब्रुवारी ফেব্রুয়ারি ফেব্রুয়ারী பிப்ரவரி ఫిబ్రవరి "
        "თებერვალი փետրվարի กุมภาพันธ์"
    ),
    3: (
        "march mar märz mrz maart mars marzo março marts marca marec marz martie március márc marzec "
        "mart maret mac machi marso març марта март мар březen března ožujka ožujak maaliskuu "
        "maaliskuuta märts martā kovo kovas martxoa martxoaren березня березень сакавіка μαρτίου "
        "μάρτιος μαρ наурыз مارس آذار مارچ מרץ मार्च মার্চ மார்ச் మార్చి მარტი մարտի มีนาคม"
    ),
    4: (
        "april apr avril avr abril abr aprile aprilie április ápr apríl apríla aprila kwiecień "
        "kwietnia kwi апреля апрель апр duben dubna travnja travanj nisan nis huhtikuu huhtikuuta "
        "aprill aprīlis aprīlī balandžio balandis prill apirila apirilaren aprili aprel квітня "
        "квітень красавіка април априла απριλίου απρίλιος απρ сәуір أبريل ابريل إبريل أفريل نيسان "
        "اپریل آوریل אפריל अप्रैल एप्रिल এপ্রিল ஏப்ரல் ఏప్రిల్ აპრილი ապրիլի เมษายน"
    ),
    5: (
        "may mai mei mayo maggio mag maio maj maja mája maí május máj maig máje мая май květen května "
        "svibnja svibanj mayıs toukokuu toukokuuta maijs maijā gegužės gegužė maiatza maiatzaren "
        "травня травень траўня мај маја μαΐου μάιος μαΐ μάι мамыр مايو ماي أيار مئی مه מאי मई मे মে "
        "மே మే მაისი մայիսի พฤษภาคม"
    ),
    6: (
        "june jun juni juin junio giugno giu junho iunie iun június jún júní júna junija czerwiec "
        "czerwca cze июня июнь июн červen června lipnja lipanj haziran haz kesäkuu kesäkuuta juuni "
        "jūnijs jūnijā birželio birželis qershor ekaina ekainaren juny xuño hunyo iyun червня червень "
        "чэрвеня юни јун јуна јуни ιουνίου ιούνιος ιουν ιούν маусым يونيو جوان حزيران جون ژوئن יוני "
        "जून জুন ஜூன் జూన్ ივნისი հունիսի มิถุนายน"
    ),
    7: (
        "july jul juli juillet juil julio luglio lug julho iulie iul július júl júlí júla julija "
        "lipiec lipca lip июля июль июл červenec července srpnja srpanj temmuz tem heinäkuu "
        "heinäkuuta juuli jūlijs jūlijā liepos liepa korrik uztaila uztailaren juliol xullo julai "
        "hulyo iyul липня липень ліпеня юли јул јула јули ιουλίου ιούλιος ιουλ ιούλ шілде يوليو "
        "جويلية تموز جولائی ژوئیه יולי जुलाई जुलै জুলাই ஜூலை జులై జూలై ივლისი հուլիսի กรกฎาคม"
    ),
    8: (
        "august aug août aout agosto ago augustus augusti augusztus avgust avgusta avg augusta ágúst "
        "sierpień sierpnia sie августа август авг srpen srpna kolovoza kolovoz ağustos ağu elokuu "
        "elokuuta augusts augustā rugpjūčio rugpjūtis gusht abuztua abuztuaren agost agustus agt ags "
        "ogos agosti avqust серпня серпень жніўня аугуст αυγούστου αύγουστος αυγ тамыз أغسطس اغسطس "
        "أوت آب اگست اوت אוגוסט अगस्त ऑगस्ट আগস্ট ஆகஸ்ட் ఆగస్టు აგვისტო օգոստոսի สิงหาคม"
    ),
    9: (
        "september sep sept septembre septiembre setiembre settembre sett set setembro setembre "
        "septembrie szeptember szept septembra septembar wrzesień września wrz сентября сентябрь сен "
        "сент září rujna rujan eylül eyl syyskuu syyskuuta septembris septembrī rugsėjo rugsėjis "
        "shtator iraila irailaren septemba setyembre sentyabr sentabr вересня вересень верасня "
        "септември септембар септембра σεπτεμβρίου σεπτέμβριος σεπ қыркүйек سبتمبر أيلول ستمبر "
        "سپتامبر ספטמבר सितंबर सितम्बर सप्टेंबर সেপ্টেম্বর செப்டம்பர் సెప్టెంబర్ სექტემბერი "
        "սեպտեմբերի กันยายน"
    ),
    10: (
        "october oct oktober okt octobre octubre ottobre ott outubro out octombrie október októbra "
        "oktobra oktobar październik października paź октября октябрь окт říjen října ekim eki "
        "lokakuu lokakuuta oktoober oktobris oktobrī spalio spalis tetor urria urriaren oktoba "
        "oktubre oktyabr oktabr жовтня жовтень кастрычніка октомври октобар октобра οκτωβρίου "
        "οκτώβριος οκτ қазан أكتوبر اكتوبر اکتوبر اکتبر אוקטובר अक्टूबर अक्तूबर ऑक्टोबर অক্টোবর "
        "அக்டோபர் అక్టోబర్ ოქტომბერი հոկտեմբերի ตุลาคม"
    ),
    11: (
        "november nov novembre noviembre novembro noiembrie noi novembra novembar nóvember listopad "
        "listopada listopadu lis ноября ноябрь ноя studenoga studenog studeni kasım kas marraskuu "
        "marraskuuta novembris novembrī lapkričio lapkritis nëntor azaroa azaroaren novemba nobyembre "
        "noyabr листопада листопад лістапада ноември новембар новембра νοεμβρίου νοέμβριος νοε қараша "
        "نوفمبر نومبر نوامبر נובמבר नवंबर नवम्बर नोव्हेंबर নভেম্বর நவம்பர் నవంబర్ ნოემბერი նոյեմբերի "
        "พฤศจิกายน"
    ),
    12: (
        "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro decembro "
        "decembrie desember disember des decembra decembar grudzień grudnia gru декабря декабрь дек "
        "prosinec prosince prosinca prosinac aralık ara joulukuu joulukuuta detsember decembris "
        "decembrī gruodžio gruodis dhjetor abendua abenduaren desembre desemba disyembre dekabr "
        "грудня грудень снежня декември децембар децембра δεκεμβρίου δεκέμβριος δεκ желтоқсан ديسمبر "
        "دسمبر دسامبر דצמבר दिसंबर दिसम्बर डिसेंबर ডিসেম্বর டிசம்பர் డిసెంబర్ დეკემბერი դեկտեմբերի "
        "ธันวาคม"
    ),
}
# Croatian and Bosnian call October what Polish and Czech call November.
_CROATIAN = {"listopad": 10, "listopada": 10}
_CROATIAN_LANGUAGES = ("hr", "bs")

_PERSIAN_NAMES: dict[int, str] = {
    1: "فروردین حمل",
    2: "اردیبهشت ثور",
    3: "خرداد جوزا",
    4: "تیر سرطان",
    5: "مرداد امرداد اسد",
    6: "شهریور سنبله",
    7: "مهر میزان",
    8: "آبان عقرب",
    9: "آذر قوس",
    10: "دی جدی",
    11: "بهمن دلو",
    12: "اسفند حوت",
}

# Names of several words and names with dots, as one word that is known; longer ones first.
ONE_WORD: dict[str, str] = {
    "كانون الثاني": "يناير", "تشرين الأول": "أكتوبر", "تشرين الاول": "أكتوبر", "تشرين الثاني": "نوفمبر",
    "كانون الأول": "ديسمبر", "كانون الاول": "ديسمبر",
    "ม.ค.": "มกราคม", "ก.พ.": "กุมภาพันธ์", "มี.ค.": "มีนาคม", "เม.ย.": "เมษายน", "พ.ค.": "พฤษภาคม", "มิ.ย.": "มิถุนายน",
    "ก.ค.": "กรกฎาคม", "ส.ค.": "สิงหาคม", "ก.ย.": "กันยายน", "ต.ค.": "ตุลาคม", "พ.ย.": "พฤศจิกายน", "ธ.ค.": "ธันวาคม",
}  # fmt: skip


def _by_name(names: dict[int, str]) -> dict[str, int]:
    return {name.casefold(): number for number, listed in names.items() for name in listed.split()}


MONTHS: dict[str, int] = _by_name(_NAMES)
PERSIAN_MONTHS: dict[str, int] = _by_name(_PERSIAN_NAMES)


def month_of(name: str, language: str | None = None) -> int | None:
    """The month that a name means, 1-12, in any language; `language` (ISO 639-1) decides where two disagree."""
    key = name.casefold().replace("i\u0307", "i")
    if language in _CROATIAN_LANGUAGES and key in _CROATIAN:
        return _CROATIAN[key]
    month = MONTHS.get(key)
    if month is None and key.startswith("\u05d1"):  # Hebrew writes "in May" as one word
        month = MONTHS.get(key[1:])
    return month
