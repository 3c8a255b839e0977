<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>ddpm</name>
        <message>
            <source> (in parts of {})</source>
            <translation> (in Teilen von {})</translation>
        </message>
        <message>
            <source> Did you mean {}?</source>
            <translation> Meinten Sie {}?</translation>
        </message>
        <message>
            <source> In the other figures they fare as real ones do.</source>
            <translation> In den übrigen Kennzahlen schneiden sie ab wie echte.</translation>
        </message>
        <message>
            <source> Its licence: {}.</source>
            <translation> Lizenz: {}.</translation>
        </message>
        <message>
            <source> So many may make the area wrong: look at them again.</source>
            <translation> So viele können die Fläche verfälschen: sehen Sie sie noch einmal an.</translation>
        </message>
        <message>
            <source> That is more than COPY_LIMIT {} allows; a smaller COPY_LIMIT or more imagery avoids it.</source>
            <translation> Das ist mehr, als COPY_LIMIT {} erlaubt; ein kleineres COPY_LIMIT oder mehr Bilder vermeiden es.</translation>
        </message>
        <message>
            <source> That may be when the files were written.</source>
            <translation> Das kann sein, wann die Dateien geschrieben wurden.</translation>
        </message>
        <message>
            <source> The map's own area lies outside the interval: do not report it.</source>
            <translation> Die Fläche der Karte selbst liegt außerhalb des Intervalls: berichten Sie sie nicht.</translation>
        </message>
        <message>
            <source> The weights after {} tiles are kept in {}.</source>
            <translation> Die Gewichte nach {} Kacheln liegen in {}.</translation>
        </message>
        <message>
            <source> WARMUP_TILES is {}: the learning rate of {} is not reached. Lower it to {} or so.</source>
            <translation> WARMUP_TILES ist {}: die Lernrate von {} wird nicht erreicht. Senken Sie es auf etwa {}.</translation>
        </message>
        <message>
            <source> and </source>
            <translation> und </translation>
        </message>
        <message>
            <source> and REFERENCE_UNCHANGED mark</source>
            <translation> und REFERENCE_UNCHANGED markieren</translation>
        </message>
        <message>
            <source> and more</source>
            <translation> und mehr</translation>
        </message>
        <message>
            <source> and so on for {} bands</source>
            <translation> und so weiter für {} Kanäle</translation>
        </message>
        <message>
            <source> and {} MB of memory beside what programs take</source>
            <translation> und {} MB Arbeitsspeicher über das hinaus, was Programme brauchen</translation>
        </message>
        <message>
            <source> and {} more</source>
            <translation> und {} weitere</translation>
        </message>
        <message>
            <source> from {} to {}</source>
            <translation> von {} bis {}</translation>
        </message>
        <message>
            <source> in EXTENT</source>
            <translation> in EXTENT</translation>
        </message>
        <message>
            <source> needs up to {} MB of disk</source>
            <translation> braucht bis zu {} MB auf dem Datenträger</translation>
        </message>
        <message>
            <source> shared by {} processes</source>
            <translation> geteilt durch {} Prozesse</translation>
        </message>
        <message>
            <source>'{}' and '{}' do not overlap: they cover {} and {}. Choose two rasters of the same place.</source>
            <translation>„{}“ und „{}“ überlappen sich nicht: Sie bedecken {} und {}. Wählen Sie zwei Raster desselben Ortes.</translation>
        </message>
        <message>
            <source>'{}' gives {} bands and '{}' {}. Name the bands that correspond in BANDS_BEFORE and BANDS_AFTER.</source>
            <translation>„{}“ hat {} Kanäle und „{}“ {}. Nennen Sie in BANDS_BEFORE und BANDS_AFTER die Kanäle, die einander entsprechen.</translation>
        </message>
        <message>
            <source>'{}' is one band of a scene, and one raster with all bands is expected. Join the bands with Stack scene (ddpm:stackscene), which takes the folder of the scene or its MTL file, and choose the result.</source>
            <translation>'{}' ist ein einzelner Kanal einer Szene, und erwartet wird ein Raster mit allen Kanälen. Verbinden Sie die Kanäle mit Szene stapeln (ddpm:stackscene), das den Ordner der Szene oder ihre MTL-Datei nimmt, und wählen Sie das Ergebnis.</translation>
        </message>
        <message>
            <source>'{}' says nowhere when it was taken. Give the dates of all rasters with DATES, in their order.</source>
            <translation>„{}“ sagt nirgends, wann es aufgenommen wurde. Geben Sie die Daten aller Raster mit DATES an, in deren Reihenfolge.</translation>
        </message>
        <message>
            <source>, and {} marks the rest</source>
            <translation>, und {} markiert den Rest</translation>
        </message>
        <message>
            <source>, as only a month or year is told</source>
            <translation>, da nur Monat oder Jahr gesagt ist</translation>
        </message>
        <message>
            <source>, asked for those beside</source>
            <translation>, verlangt die daneben</translation>
        </message>
        <message>
            <source>, those of {} start at 0</source>
            <translation>, die von {} beginnen bei 0</translation>
        </message>
        <message>
            <source>, {} in bfloat16</source>
            <translation>, {} in bfloat16</translation>
        </message>
        <message>
            <source>0 known, 1 filled, 2 left without data</source>
            <translation>0 bekannt, 1 gefüllt, 2 ohne Daten gelassen</translation>
        </message>
        <message>
            <source>0 known, 1 filled, 2 left without data.</source>
            <translation>0 bekannt, 1 gefüllt, 2 ohne Daten gelassen.</translation>
        </message>
        <message>
            <source>0 unchanged, else the number of the kind: 1 loss of vegetation, 2 gain of vegetation, 3 new bare or built ground, 4 water gained, 5 water lost, 6 other change, or of the cluster; 255 no data.</source>
            <translation>0 unverändert, sonst die Nummer der Art: 1 Verlust von Vegetation, 2 Zunahme von Vegetation, 3 neuer kahler oder bebauter Boden, 4 neues Wasser, 5 verschwundenes Wasser, 6 andere Veränderung, oder die des Clusters; 255 keine Daten.</translation>
        </message>
        <message>
            <source>0.2,1,3 for the head linear, 0.2 for the others</source>
            <translation>0.2,1,3 für den Kopf linear, 0.2 für die anderen</translation>
        </message>
        <message>
            <source>1 changed, 0 unchanged, 255 no data.</source>
            <translation>1 verändert, 0 unverändert, 255 keine Daten.</translation>
        </message>
        <message>
            <source>1 changed, 0 unchanged, 255 no data. A run that was cancelled leaves its scores beside it, in a file of this name and .part; the same run started again goes on from there.</source>
            <translation>1 verändert, 0 unverändert, 255 keine Daten. Ein abgebrochener Lauf lässt seine Werte daneben liegen, in einer Datei dieses Namens mit .part; derselbe Lauf, noch einmal gestartet, macht dort weiter.</translation>
        </message>
        <message>
            <source>1 for METHOD network and diffusion, 0 for auto</source>
            <translation>1 für METHOD network und diffusion, 0 für auto</translation>
        </message>
        <message>
            <source>1 for features, 0 for irmad and cva</source>
            <translation>1 für features, 0 für irmad und cva</translation>
        </message>
        <message>
            <source>1 hidden: cloud, shadow, fill</source>
            <translation>1 verdeckt: Wolke, Schatten, Füllwert</translation>
        </message>
        <message>
            <source>1 true positive, 2 false positive, 3 false negative, 0 true negative, 255 left out.</source>
            <translation>1 richtig gefunden, 2 Fehlalarm, 3 übersehen, 0 richtig unverändert, 255 ausgelassen.</translation>
        </message>
        <message>
            <source>1 where the scene's quality band says cloud, shadow of one, cirrus or fill, 0 elsewhere: what Detect changes and Train diffusion model take as a mask.</source>
            <translation>1, wo der Qualitätskanal der Szene Wolke, Wolkenschatten, Zirrus oder Füllwert sagt, sonst 0: was Veränderungen erkennen und Diffusionsmodell trainieren als Maske nehmen.</translation>
        </message>
        <message>
            <source>15 E, 45 N becomes {}, {} in EPSG:32633; reinstall rasterio</source>
            <translation>15 O, 45 N wird zu {}, {} in EPSG:32633; installieren Sie rasterio neu</translation>
        </message>
        <message>
            <source>20, or 2 where the model was tuned for few calls</source>
            <translation>20, oder 2, wo das Modell auf wenige Aufrufe abgestimmt ist</translation>
        </message>
        <message>
            <source>256, or the smallest side of SOURCE</source>
            <translation>256, oder die kleinste Seite von SOURCE</translation>
        </message>
        <message>
            <source>3000 at most</source>
            <translation>höchstens 3000</translation>
        </message>
        <message>
            <source>4 for irmad, 1 for features, 0 for cva</source>
            <translation>4 für irmad, 1 für features, 0 für cva</translation>
        </message>
        <message>
            <source>4, where there is DRAWS_FOLDER</source>
            <translation>4, wo es DRAWS_FOLDER gibt</translation>
        </message>
        <message>
            <source>95 % interval of F1</source>
            <translation>95-%-Intervall von F1</translation>
        </message>
        <message>
            <source>; tiles of {} px become {} px</source>
            <translation>; aus Kacheln zu {} px werden {} px</translation>
        </message>
        <message>
            <source>A Python 3.10 or newer that the environment is made from.</source>
            <translation>Ein Python 3.10 oder neuer, aus dem die Umgebung gemacht wird.</translation>
        </message>
        <message>
            <source>A change has the date at which it is first seen: it happened after the date before. Where clouds hide a pixel at one date, or the raster ends, it is compared between the dates around the gap. What was different at one date alone, such as a flood or the shadow of a cloud that no mask hides, counts as two changes, one there and one back: mask clouds, or look at the number of changes.</source>
            <translation>Eine Veränderung trägt das Datum, an dem sie zum ersten Mal zu sehen ist: Sie geschah nach dem Datum davor. Wo Wolken ein Pixel an einem Datum verdecken oder das Raster endet, werden die Daten um die Lücke herum verglichen. Was nur an einem Datum anders war, etwa ein Hochwasser oder der Schatten einer Wolke, den keine Maske verdeckt, zählt als zwei Veränderungen, eine hin und eine zurück: Maskieren Sie Wolken, oder achten Sie auf die Zahl der Veränderungen.</translation>
        </message>
        <message>
            <source>A checkpoint is a foreign file. It is read as weights alone: nothing in it is executed, and a file that wants more is refused. The imported network answers as the published one does, to the rounding of 32-bit numbers. Its pixels are 8-bit red, green and blue from 0 to 255.</source>
            <translation>Ein Checkpoint ist eine fremde Datei. Gelesen werden nur seine Gewichte: Nichts darin wird ausgeführt, und eine Datei, die mehr will, wird abgelehnt. Das importierte Netz antwortet wie das veröffentlichte, bis auf die Rundung von 32-Bit-Zahlen. Seine Pixel sind Rot, Grün und Blau mit 8 Bit von 0 bis 255.</translation>
        </message>
        <message>
            <source>A copy of the polygons for statistics with valid_m2, changed_m2, changed_ha, changed_share and the share of each kind.</source>
            <translation>Eine Kopie der Polygone für die Statistik mit valid_m2, changed_m2, changed_ha, changed_share und dem Anteil jeder Art.</translation>
        </message>
        <message>
            <source>A detector on windows of {} px on {}.</source>
            <translation>Ein Detektor auf Fenstern zu {} px auf {}.</translation>
        </message>
        <message>
            <source>A detector that wants both dates brought to one brightness has measured that on the whole pair; an exported one sees one window alone, and the log says that you have to do it before.</source>
            <translation>Ein Detektor, der beide Zeitpunkte auf eine Helligkeit gebracht haben will, misst das am ganzen Paar; ein exportierter sieht nur ein Fenster, und das Protokoll sagt, dass Sie es vorher tun müssen.</translation>
        </message>
        <message>
            <source>A diffusion model: a file, or the name of a file in the models folder.</source>
            <translation>Ein Diffusionsmodell: eine Datei, oder der Name einer Datei im Modellordner.</translation>
        </message>
        <message>
            <source>A diffusion model: a file, or the name of a file in the models folder. Without a detector it is exported.</source>
            <translation>Ein Diffusionsmodell: eine Datei, oder der Name einer Datei im Modellordner. Ohne Detektor wird es selbst exportiert.</translation>
        </message>
        <message>
            <source>A fault of our own, {}: {}. Please report it.</source>
            <translation>Ein eigener Fehler, {}: {}. Bitte melden Sie ihn.</translation>
        </message>
        <message>
            <source>A file index.json, a folder with one, or an https address of one. Nothing is downloaded from anywhere else.</source>
            <translation>Eine Datei index.json, ein Ordner mit einer, oder die https-Adresse einer. Von nirgends sonst wird etwas heruntergeladen.</translation>
        </message>
        <message>
            <source>A folder of images (png, jpg, tif; grey or RGB, mixed sizes) or of MNIST files (idx, idx.gz).</source>
            <translation>Ein Ordner mit Bildern (png, jpg, tif; grau oder RGB, verschiedene Größen) oder mit MNIST-Dateien (idx, idx.gz).</translation>
        </message>
        <message>
            <source>A folder with A/, B/ and label/ (also named OUT), images of equal names in each, as LEVIR-CD, WHU-CD, DSIFN and CDD come. list/train.txt and list/val.txt, or folders train/ and val/, say what is for validation.</source>
            <translation>Ein Ordner mit A/, B/ und label/ (auch OUT genannt), mit Bildern gleichen Namens in jedem, wie LEVIR-CD, WHU-CD, DSIFN und CDD sie bringen. list/train.txt und list/val.txt, oder Ordner train/ und val/, sagen, was zur Prüfung ist.</translation>
        </message>
        <message>
            <source>A grid that comes with the plugin. digits: five noise schedules. satellite: predictions on three schedules. predictions: what the network predicts. samplers: one training, sampled by several samplers and steps.</source>
            <translation>Ein Raster, das mit dem Plugin kommt. digits: fünf Rauschpläne. satellite: Vorhersagen unter drei Plänen. predictions: was das Netz vorhersagt. samplers: ein Training, mit mehreren Verfahren und Schrittzahlen gezogen.</translation>
        </message>
        <message>
            <source>A model should have been trained on such imagery: its bands have to be those of the pairs. How well this works, with figures, stands in the page 'Change detection with labels' of the documentation.</source>
            <translation>Ein Modell sollte mit solchen Bildern trainiert worden sein: Es muss die Kanäle der Paare haben. Wie gut das geht, mit Zahlen, steht auf der Seite „Change detection with labels“ der Dokumentation.</translation>
        </message>
        <message>
            <source>A model that was trained with conditions draws what it is asked for: by a raster or by polygons with a field of classes, whose extent is then the result's, or by a label. So a drawn map becomes imagery, a coarser raster a finer one, one date or sensor another. The folders of tiles and of conditions hold pairs of one name: labelled training data. The guidance scale leads closer to what is asked for. Details are drawn, not measured.</source>
            <translation>Ein Modell, das mit Bedingungen trainiert wurde, zieht, was verlangt ist: nach einem Raster oder nach Polygonen mit einem Feld der Klassen, deren Ausdehnung dann die des Ergebnisses ist, oder nach einer Beschriftung. So wird aus einer gezeichneten Karte ein Bild, aus einem gröberen Raster ein feineres, aus einem Datum oder Sensor ein anderes. Die Ordner der Kacheln und der Bedingungen enthalten Paare gleichen Namens: beschriftete Trainingsdaten. Die Stärke der Führung führt näher an das Verlangte. Einzelheiten sind gezogen, nicht gemessen.</translation>
        </message>
        <message>
            <source>A model whose weights the training starts from: a file, or the name of a file in the models folder. Its network and prediction stay; bands and tile size may be others.</source>
            <translation>Ein Modell, mit dessen Gewichten das Training beginnt: eine Datei, oder der Name einer Datei im Modellordner. Sein Netz und seine Vorhersage bleiben; Kanäle und Kachelgröße dürfen andere sein.</translation>
        </message>
        <message>
            <source>A name that ends in .vrt writes a virtual raster of a few kilobytes; the files of the scene have to stay where they are. One that ends in .tif copies the pixels. Pixels stay the stored numbers; scale and offset are told beside them.</source>
            <translation>Ein Name auf .vrt schreibt ein virtuelles Raster von wenigen Kilobyte; die Dateien der Szene müssen bleiben, wo sie sind. Einer auf .tif kopiert die Pixel. Pixel bleiben die gespeicherten Zahlen; Skalierung und Versatz stehen daneben.</translation>
        </message>
        <message>
            <source>A pixel changed between two dates where its score, 0 to 1, reaches it. Without a detector, change begins at 0.5 whatever the pair of dates.</source>
            <translation>Ein Pixel hat sich zwischen zwei Daten verändert, wo sein Wert, 0 bis 1, sie erreicht. Ohne Detektor beginnt Veränderung bei 0,5, welches Paar von Daten es auch ist.</translation>
        </message>
        <message>
            <source>A pixel is changed where its score, 0 to 1, reaches it.</source>
            <translation>Ein Pixel gilt als verändert, wenn sein Wert von 0 bis 1 diese Schwelle erreicht.</translation>
        </message>
        <message>
            <source>A scene is the folder as it was unpacked, its MTL file (Landsat Collection 1 and 2, levels 1 and 2, and older ones), its MTD file or .SAFE folder (Sentinel-2, levels 1C and 2A, since December 2016), or a zip of it, which stays packed. Type or paste a folder's path, or choose the MTL or MTD file in it. Any other bands are listed one by one.</source>
            <translation>Eine Szene ist der entpackte Ordner, ihre MTL-Datei (Landsat Collection 1 und 2, Level 1 und 2, und ältere), ihre MTD-Datei oder ihr .SAFE-Ordner (Sentinel-2, Level 1C und 2A, seit Dezember 2016) oder ein Zip davon, das gepackt bleibt. Den Pfad eines Ordners tippen oder einfügen, oder die MTL- oder MTD-Datei darin wählen. Andere Kanäle werden einzeln aufgezählt.</translation>
        </message>
        <message>
            <source>A set of sizes that belong together: digits (28 px figures), tiny (minutes on a processor), small (ten minutes on a processor), base (a GPU), sr3 (the published DDPM-CD network; a GPU and days).</source>
            <translation>Ein Satz zusammengehöriger Größen: digits (Ziffern von 28 px), tiny (Minuten auf einem Prozessor), small (zehn Minuten auf einem Prozessor), base (eine Grafikkarte), sr3 (das veröffentlichte Netz von DDPM-CD; eine Grafikkarte und Tage).</translation>
        </message>
        <message>
            <source>A temporary file of {} MB in {} failed ({}). Free space there, or write the output to another disk.</source>
            <translation>Eine temporäre Datei von {} MB in {} misslang ({}). Schaffen Sie dort Platz, oder schreiben Sie die Ausgabe auf einen anderen Datenträger.</translation>
        </message>
        <message>
            <source>A trained change detector: a file, or the name of a file in the models folder.</source>
            <translation>Ein trainierter Veränderungsdetektor: eine Datei, oder der Name einer Datei im Modellordner.</translation>
        </message>
        <message>
            <source>A trained model: a file, or the name of a file in the models folder.</source>
            <translation>Ein trainiertes Modell: eine Datei, oder der Name einer Datei im Modellordner.</translation>
        </message>
        <message>
            <source>ALIGN: a filter of 3 x 3 px matches the detail of the {} date to the other's. It takes away {} of what unchanged pixels differ by.</source>
            <translation>ALIGN: ein Filter von 3 x 3 px gleicht die Schärfe des {} Zeitpunkts an die des anderen an. Er nimmt {} dessen weg, worin sich unveränderte Pixel unterscheiden.</translation>
        </message>
        <message>
            <source>ATTENTION_AT_PX is {}, but the levels of this network have sizes {} px. Choose among them, or 0 for none.</source>
            <translation>ATTENTION_AT_PX ist {}, aber die Stufen dieses Netzes haben die Größen {} px. Wählen Sie daraus, oder 0 für keine.</translation>
        </message>
        <message>
            <source>Accuracy</source>
            <translation>Gesamtgenauigkeit</translation>
        </message>
        <message>
            <source>Accuracy of a change map</source>
            <translation>Genauigkeit einer Veränderungskarte</translation>
        </message>
        <message>
            <source>Accuracy report</source>
            <translation>Bericht zur Genauigkeit</translation>
        </message>
        <message>
            <source>Address of a package index, such as a mirror of your organisation.</source>
            <translation>Adresse eines Paketindex, etwa eines Spiegels Ihrer Organisation.</translation>
        </message>
        <message>
            <source>Address of the index that torch is taken from.</source>
            <translation>Adresse des Index, von dem torch genommen wird.</translation>
        </message>
        <message>
            <source>After</source>
            <translation>Nachher</translation>
        </message>
        <message>
            <source>Agreement beyond chance: 0 is what a map drawn by lot would reach.</source>
            <translation>Übereinstimmung über den Zufall hinaus: 0 erreichte eine geloste Karte.</translation>
        </message>
        <message>
            <source>Align</source>
            <translation>Angleichen</translation>
        </message>
        <message>
            <source>All labelled pixels are changed in the reference and in the map</source>
            <translation>Alle Pixel sind in Referenz und Karte verändert</translation>
        </message>
        <message>
            <source>All work is done in a separate process; a GPU is used where one works.</source>
            <translation>Alle Arbeit geschieht in einem eigenen Prozess; eine Grafikkarte wird genutzt, wo eine funktioniert.</translation>
        </message>
        <message>
            <source>Also show the tiles turned, flipped, shifted against each other by a pixel, and with other brightness and contrast.</source>
            <translation>Die Kacheln auch gedreht, gespiegelt, um ein Pixel gegeneinander verschoben und mit anderer Helligkeit und anderem Kontrast zeigen.</translation>
        </message>
        <message>
            <source>Also train the same on a network with random weights, without a model and without any network, to tell what the model was worth on these labels; in the log and the report. Takes up to four times as long.</source>
            <translation>Dasselbe auch auf einem Netz mit zufälligen Gewichten, ohne Modell und ganz ohne Netz trainieren, um zu sagen, was das Modell bei diesen Referenzflächen wert war; im Protokoll und im Bericht. Dauert bis zu viermal so lang.</translation>
        </message>
        <message>
            <source>An imported model answers as its publishers' code does, to a hundred-thousandth, in float32 alone: PRECISION bfloat16 is not taken.</source>
            <translation>Ein importiertes Modell antwortet auf ein Hunderttausendstel wie der veröffentlichte Code, nur in float32: PRECISION bfloat16 wird nicht genommen.</translation>
        </message>
        <message>
            <source>An index is a file index.json with the names of models, their checksums, bands and licences, beside or above the files themselves. It may lie in a folder, on a share or a stick, or behind an https address; a model is taken from where its index lies and from nowhere else. A name that the index does not hold is answered with those that it does.</source>
            <translation>Ein Verzeichnis ist eine Datei index.json mit den Namen von Modellen, ihren Prüfsummen, Kanälen und Lizenzen, neben oder über den Dateien selbst. Es kann in einem Ordner, auf einer Freigabe oder einem Stick liegen, oder hinter einer https-Adresse; ein Modell wird von dort genommen, wo sein Verzeichnis liegt, und von nirgends sonst. Auf einen Namen, den es nicht enthält, nennt die Antwort jene, die es enthält.</translation>
        </message>
        <message>
            <source>An overlap of {} px does not fit windows of {} px.</source>
            <translation>Eine Überlappung von {} px passt nicht zu Fenstern von {} px.</translation>
        </message>
        <message>
            <source>And {} pairs more, by their names.</source>
            <translation>Und {} weitere Paare, nach ihren Namen.</translation>
        </message>
        <message>
            <source>Answers which noise schedule, prediction, learning rate, network or number of images makes most of your imagery: every setting is trained for equal work, several times with other seeds, and all are held against the same real tiles, on which none was trained.</source>
            <translation>Beantwortet, welcher Rauschplan, welche Vorhersage, Lernrate, welches Netz oder welche Anzahl von Bildern am meisten aus Ihren Bildern macht: Jede Einstellung wird bei gleicher Arbeit mehrmals mit anderen Startwerten trainiert, und alle werden an denselben echten Kacheln gemessen, mit denen keine trainiert wurde.</translation>
        </message>
        <message>
            <source>Any raster of scores from 0 to 1 will do, if a threshold is given.</source>
            <translation>Jedes Raster von Werten zwischen 0 und 1 taugt, wenn eine Schwelle angegeben ist.</translation>
        </message>
        <message>
            <source>Apply threshold</source>
            <translation>Schwelle anwenden</translation>
        </message>
        <message>
            <source>Area in square metres</source>
            <translation>Fläche in Quadratmetern</translation>
        </message>
        <message>
            <source>Area of change and accuracy</source>
            <translation>Veränderte Fläche und Genauigkeit</translation>
        </message>
        <message>
            <source>Area of change by the labelled sample, in square metres (pixels where there is no CRS)</source>
            <translation>Änderungsfläche nach der bestimmten Stichprobe, in Quadratmetern (Pixel, wo es kein KBS gibt)</translation>
        </message>
        <message>
            <source>Area of change, {}</source>
            <translation>Veränderte Fläche, {}</translation>
        </message>
        <message>
            <source>Area of the result, transformed into the CRS and snapped outward to the grid.</source>
            <translation>Fläche des Ergebnisses, in das KBS umgerechnet und nach außen auf das Gitter gerundet.</translation>
        </message>
        <message>
            <source>Area that changed at least once, in square metres (pixels where there is no CRS)</source>
            <translation>Fläche, die sich mindestens einmal verändert hat, in Quadratmetern (Pixeln, wo es kein KBS gibt)</translation>
        </message>
        <message>
            <source>As real</source>
            <translation>Wie echte</translation>
        </message>
        <message>
            <source>Assess change map</source>
            <translation>Veränderungskarte bewerten</translation>
        </message>
        <message>
            <source>Assess synthetic tiles</source>
            <translation>Synthetische Kacheln bewerten</translation>
        </message>
        <message>
            <source>At least {}.</source>
            <translation>Mindestens {}.</translation>
        </message>
        <message>
            <source>At most {}.</source>
            <translation>Höchstens {}.</translation>
        </message>
        <message>
            <source>Attention at</source>
            <translation>Attention bei</translation>
        </message>
        <message>
            <source>Augmentation</source>
            <translation>Augmentierung</translation>
        </message>
        <message>
            <source>Averaging of weights</source>
            <translation>Mittelung der Gewichte</translation>
        </message>
        <message>
            <source>BANDS chooses bands of rasters, but images (png, jpg, idx) are read whole. Leave it empty.</source>
            <translation>BANDS wählt Kanäle von Rastern, aber Bilder (png, jpg, idx) werden ganz gelesen. Lassen Sie es leer.</translation>
        </message>
        <message>
            <source>BANDS has {} lists for {} rasters. Give one for all, or one for each.</source>
            <translation>BANDS hat {} Listen für {} Raster. Geben Sie eine für alle, oder eine für jedes.</translation>
        </message>
        <message>
            <source>BANDS_BEFORE names {} bands and BANDS_AFTER {}. Name as many for both dates.</source>
            <translation>BANDS_BEFORE nennt {} Kanäle und BANDS_AFTER {}. Nennen Sie für beide Zeitpunkte gleich viele.</translation>
        </message>
        <message>
            <source>BAND_CORRELATION of real tiles against other real ones, at the same count</source>
            <translation>BAND_CORRELATION echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>BAND_NAMES names {} bands, but the inputs have {}. Name each of them.</source>
            <translation>BAND_NAMES nennt {} Kanäle, aber die Eingaben haben {}. Nennen Sie jeden.</translation>
        </message>
        <message>
            <source>BAND_ROLES is {} and names {} roles, but {} bands of {} are compared ({}). Name one role for each.</source>
            <translation>BAND_ROLES ist {} und nennt {} Rollen, aber {} Kanäle von {} werden verglichen ({}). Nennen Sie eine Rolle für jeden.</translation>
        </message>
        <message>
            <source>BASE_PYTHON: {} Choose a Python {} or newer.</source>
            <translation>BASE_PYTHON: {} Wählen Sie ein Python {} oder neuer.</translation>
        </message>
        <message>
            <source>BATCH_SIZE is {}, which {} processes cannot share evenly. Give a multiple of {}.</source>
            <translation>BATCH_SIZE ist {}, was {} Prozesse nicht gleich teilen können. Geben Sie ein Vielfaches von {}.</translation>
        </message>
        <message>
            <source>BEFORE names {} rasters, AFTER {} and LABELS {}. Each pair needs one of each, in the same order.</source>
            <translation>BEFORE nennt {} Raster, AFTER {} und LABELS {}. Jedes Paar braucht je eines, in gleicher Reihenfolge.</translation>
        </message>
        <message>
            <source>BEFORE, AFTER and LABELS are empty, and FOLDER too. Choose pairs of rasters with their labels, or a folder of pairs.</source>
            <translation>BEFORE, AFTER und LABELS sind leer, und FOLDER auch. Wählen Sie Rasterpaare mit ihren Trainingsgebieten, oder einen Ordner von Paaren.</translation>
        </message>
        <message>
            <source>Band {} of {} holds complex numbers. Compute its amplitude or intensity first.</source>
            <translation>Kanal {} von {} enthält komplexe Zahlen. Berechnen Sie zuerst Amplitude oder Intensität.</translation>
        </message>
        <message>
            <source>Band {} of {} is alpha, not data. Choose other bands, or set its colour interpretation to undefined if it does hold data.</source>
            <translation>Kanal {} von {} ist Alpha, keine Daten. Wählen Sie andere Kanäle, oder setzen Sie seine Farbdeutung auf undefiniert, wenn er Daten enthält.</translation>
        </message>
        <message>
            <source>Bands</source>
            <translation>Kanäle</translation>
        </message>
        <message>
            <source>Bands are matched by their names: {} are compared.</source>
            <translation>Kanäle werden nach Namen zugeordnet: {} werden verglichen.</translation>
        </message>
        <message>
            <source>Bands are named after the product and what they see, such as 'B4 red', so that B4 of Landsat 5, which is near infrared, is not taken for B4 of Landsat 8. To compare sensors, list the same bands of both, such as blue,green,red,nir,swir16,swir22.</source>
            <translation>Kanäle heißen nach dem Produkt und danach, was sie sehen, etwa 'B4 red', damit B4 von Landsat 5, das nahes Infrarot ist, nicht für B4 von Landsat 8 gehalten wird. Um Sensoren zu vergleichen, zählen Sie für beide dieselben Kanäle auf, etwa blue,green,red,nir,swir16,swir22.</translation>
        </message>
        <message>
            <source>Bands of the first date</source>
            <translation>Kanäle des ersten Zeitpunkts</translation>
        </message>
        <message>
            <source>Bands of the real rasters</source>
            <translation>Kanäle der echten Raster</translation>
        </message>
        <message>
            <source>Bands of the second date</source>
            <translation>Kanäle des zweiten Zeitpunkts</translation>
        </message>
        <message>
            <source>Bands of {} and {} have other names in the same place ({}); they are compared in their order. Name those that correspond with BANDS.</source>
            <translation>Kanäle von {} und {} heißen an gleicher Stelle anders ({}); sie werden in ihrer Reihenfolge verglichen. Nennen Sie die entsprechenden mit BANDS.</translation>
        </message>
        <message>
            <source>Bands of {} and {} have other names in the same place ({}); they are compared in their order. Name those that correspond with BANDS_BEFORE and BANDS_AFTER.</source>
            <translation>Kanäle von {} und {} heißen an gleicher Stelle anders ({}); sie werden in ihrer Reihenfolge verglichen. Nennen Sie die entsprechenden mit BANDS_BEFORE und BANDS_AFTER.</translation>
        </message>
        <message>
            <source>Bands of {} have other names than those of {} in the same place ({}); they are taken in their order. Choose them with BANDS.</source>
            <translation>Kanäle von {} heißen an gleicher Stelle anders als die von {} ({}); sie gelten in ihrer Reihenfolge. Wählen Sie sie mit BANDS.</translation>
        </message>
        <message>
            <source>Bands whose files are not there: {}.</source>
            <translation>Kanäle, deren Dateien fehlen: {}.</translation>
        </message>
        <message>
            <source>Base interpreter</source>
            <translation>Grundlegender Interpreter</translation>
        </message>
        <message>
            <source>Batch size</source>
            <translation>Batchgröße</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Vorher</translation>
        </message>
        <message>
            <source>Before, After and Labels are lists in the same order: the first raster of each is one pair. How they were paired is told first. All that is not marked counts as unchanged, so mark all change of a pair. Instead, a folder with A/, B/ and label/ is read as published data sets come.</source>
            <translation>Vorher, Nachher und Referenzflächen sind Listen in derselben Reihenfolge: Das erste Raster jeder Liste gehört zu einem Paar. Wie gepaart wurde, wird zuerst gesagt. Alles, was nicht markiert ist, zählt als unverändert; markieren Sie also alle Veränderungen eines Paares. Stattdessen wird auch ein Ordner mit A/, B/ und label/ gelesen, wie veröffentlichte Datensätze ihn haben.</translation>
        </message>
        <message>
            <source>Below the threshold</source>
            <translation>Unter der Schwelle</translation>
        </message>
        <message>
            <source>Beside {} lies {}, the last changes of a GeoPackage that is not there. Put that GeoPackage back, move the file away, or choose another name.</source>
            <translation>Neben {} liegt {}, die letzten Änderungen eines GeoPackage, das nicht da ist. Bringen Sie es zurück, verschieben Sie die Datei, oder wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>Block of the bootstrap</source>
            <translation>Block des Bootstraps</translation>
        </message>
        <message>
            <source>Blocks of the split</source>
            <translation>Blöcke der Aufteilung</translation>
        </message>
        <message>
            <source>Both dates are one raster, '{}': there is no change to be found. Choose the other date.</source>
            <translation>Beide Zeitpunkte sind ein und dasselbe Raster, '{}': Da ist keine Änderung zu finden. Wählen Sie den anderen Zeitpunkt.</translation>
        </message>
        <message>
            <source>Both dates are one raster, {}: there is no change to be found. Choose the other date.</source>
            <translation>Beide Zeitpunkte sind ein Raster, {}: es gibt keine Veränderung zu finden. Wählen Sie den anderen Zeitpunkt.</translation>
        </message>
        <message>
            <source>Build of torch</source>
            <translation>Ausgabe von torch</translation>
        </message>
        <message>
            <source>By band: below 0 on the right is too smooth, above 0 too rough; a peak is a grid</source>
            <translation>Nach Kanal: rechts unter 0 ist zu glatt, darüber zu rau; eine Spitze ist ein Gitter</translation>
        </message>
        <message>
            <source>CLASSES is {}, but changes differ in {} ways alone.</source>
            <translation>CLASSES ist {}, aber Veränderungen unterscheiden sich nur auf {} Weisen.</translation>
        </message>
        <message>
            <source>CLASSES is {}, but no output would show kinds. Name KINDS, POLYGONS or ZONES, or leave CLASSES empty.</source>
            <translation>CLASSES ist {}, aber keine Ausgabe würde Arten zeigen. Nennen Sie KINDS, POLYGONS oder ZONES, oder lassen Sie CLASSES leer.</translation>
        </message>
        <message>
            <source>COMPARE, mean F1 of pairs that were left out: this detector {}; {}.</source>
            <translation>COMPARE, mittleres F1 ausgelassener Paare: dieser Detektor {}; {}.</translation>
        </message>
        <message>
            <source>CONFIG says model.unet.{} = {}, but the weights have {}. The weights count.</source>
            <translation>CONFIG sagt model.unet.{} = {}, aber die Gewichte haben {}. Die Gewichte gelten.</translation>
        </message>
        <message>
            <source>CONFIG says {} for training. The network's noise levels are those of its own schedule.</source>
            <translation>CONFIG sagt {} zum Training. Die Rauschstufen des Netzes sind die seines eigenen Schemas.</translation>
        </message>
        <message>
            <source>CONFIG {} cannot be read: {}.</source>
            <translation>CONFIG {} kann nicht gelesen werden: {}.</translation>
        </message>
        <message>
            <source>CONFIG {} cannot be read: {}. Choose the publisher's JSON.</source>
            <translation>CONFIG {} kann nicht gelesen werden: {}. Wählen Sie das veröffentlichte JSON.</translation>
        </message>
        <message>
            <source>CONFIG {} has no section `model`. Give the JSON that came with the checkpoint.</source>
            <translation>CONFIG {} hat keinen Abschnitt `model`. Geben Sie das JSON, das mit dem Checkpoint kam.</translation>
        </message>
        <message>
            <source>CONFIG {} has the unknown key {}.{}</source>
            <translation>CONFIG {} hat den unbekannten Schlüssel {}.{}</translation>
        </message>
        <message>
            <source>CONFIG {} is larger than {} bytes, which no configuration is.</source>
            <translation>CONFIG {} ist größer als {} Bytes, was keine Konfiguration ist.</translation>
        </message>
        <message>
            <source>CONFIG {} is no text file. Choose the publisher's JSON.</source>
            <translation>CONFIG {} ist keine Textdatei. Wählen Sie das veröffentlichte JSON.</translation>
        </message>
        <message>
            <source>CONFIG {} is no text file. Give a YAML or JSON file.</source>
            <translation>CONFIG {} ist keine Textdatei. Geben Sie eine YAML- oder JSON-Datei.</translation>
        </message>
        <message>
            <source>CONFIG {}: model_cd.feat_type is not dec. Only heads on decoder maps are imported.</source>
            <translation>CONFIG {}: model_cd.feat_type ist nicht dec. Nur Köpfe auf Dekoderkarten werden importiert.</translation>
        </message>
        <message>
            <source>CONFIG {}: {} is {}, but has to be {}.</source>
            <translation>CONFIG {}: {} ist {}, muss aber {} sein.</translation>
        </message>
        <message>
            <source>COVERAGE of real tiles against other real ones, at the same count</source>
            <translation>COVERAGE echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>CRS</source>
            <translation>KBS</translation>
        </message>
        <message>
            <source>CRS and nodata of layers</source>
            <translation>KBS und Nodata von Layern</translation>
        </message>
        <message>
            <source>CRS is {}, but the {} has another. Give PIXEL_SIZE in units of CRS too.</source>
            <translation>CRS ist {}, aber das {} hat ein anderes. Geben Sie auch PIXEL_SIZE in Einheiten von CRS.</translation>
        </message>
        <message>
            <source>CRS of the result.</source>
            <translation>KBS des Ergebnisses.</translation>
        </message>
        <message>
            <source>CUDA adds in any order here: two runs of this job may differ in their last digits.</source>
            <translation>CUDA addiert hier in beliebiger Reihenfolge: zwei Läufe dieses Auftrags können in den letzten Ziffern abweichen.</translation>
        </message>
        <message>
            <source>Calls of the network for each tile.</source>
            <translation>Aufrufe des Netzes für jede Kachel.</translation>
        </message>
        <message>
            <source>Cancelled. Kept: {}</source>
            <translation>Abgebrochen. Behalten wurde: {}</translation>
        </message>
        <message>
            <source>Cancelled. Nothing was kept.</source>
            <translation>Abgebrochen. Nichts wurde behalten.</translation>
        </message>
        <message>
            <source>Cap of the weight of almost noise-free tiles (Hang et al. 2023).</source>
            <translation>Obergrenze für das Gewicht fast rauschfreier Kacheln (Hang et al. 2023).</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Veränderung</translation>
        </message>
        <message>
            <source>Change detection</source>
            <translation>Veränderungserkennung</translation>
        </message>
        <message>
            <source>Change found</source>
            <translation>Veränderung gefunden</translation>
        </message>
        <message>
            <source>Change found (true positive)</source>
            <translation>Veränderung gefunden (richtig positiv)</translation>
        </message>
        <message>
            <source>Change from a threshold</source>
            <translation>Veränderung ab einer Schwelle</translation>
        </message>
        <message>
            <source>Change head</source>
            <translation>Veränderungskopf</translation>
        </message>
        <message>
            <source>Change map</source>
            <translation>Veränderungskarte</translation>
        </message>
        <message>
            <source>Change map, where it is compared</source>
            <translation>Veränderungskarte, wo sie verglichen wird</translation>
        </message>
        <message>
            <source>Change mask</source>
            <translation>Veränderungsmaske</translation>
        </message>
        <message>
            <source>Change missed</source>
            <translation>Veränderung übersehen</translation>
        </message>
        <message>
            <source>Change missed (false negative)</source>
            <translation>Veränderung übersehen (falsch negativ)</translation>
        </message>
        <message>
            <source>Change probability</source>
            <translation>Veränderungswahrscheinlichkeit</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Verändert</translation>
        </message>
        <message>
            <source>Changed area in hectares</source>
            <translation>Veränderte Fläche in Hektar</translation>
        </message>
        <message>
            <source>Changed area in square metres</source>
            <translation>Veränderte Fläche in Quadratmetern</translation>
        </message>
        <message>
            <source>Changed area in square metres (pixels where there is no CRS)</source>
            <translation>Veränderte Fläche in Quadratmetern (Pixel, wo kein KBS ist)</translation>
        </message>
        <message>
            <source>Changed areas</source>
            <translation>Veränderte Flächen</translation>
        </message>
        <message>
            <source>Changed areas over time</source>
            <translation>Veränderte Flächen im Lauf der Zeit</translation>
        </message>
        <message>
            <source>Changed by</source>
            <translation>Verändert bis</translation>
        </message>
        <message>
            <source>Changed share of the valid area, 0 to 1</source>
            <translation>Veränderter Anteil der gültigen Fläche, 0 bis 1</translation>
        </message>
        <message>
            <source>Changed share, 0 to 1</source>
            <translation>Veränderter Anteil, 0 bis 1</translation>
        </message>
        <message>
            <source>Changes as {} has learned them, with its model {}.</source>
            <translation>Veränderungen, wie {} sie gelernt hat, mit seinem Modell {}.</translation>
        </message>
        <message>
            <source>Changes as {} has learned them.</source>
            <translation>Veränderungen, wie {} sie gelernt hat.</translation>
        </message>
        <message>
            <source>Changes over time</source>
            <translation>Veränderungen im Lauf der Zeit</translation>
        </message>
        <message>
            <source>Channel multipliers</source>
            <translation>Kanalvielfache</translation>
        </message>
        <message>
            <source>Channels</source>
            <translation>Netzkanäle</translation>
        </message>
        <message>
            <source>Channels of the first level of the network.</source>
            <translation>Kanäle der ersten Stufe des Netzes.</translation>
        </message>
        <message>
            <source>Check environment</source>
            <translation>Umgebung prüfen</translation>
        </message>
        <message>
            <source>Check the network and pip's proxy, or give INDEX_URL, TORCH_INDEX_URL or a WHEELS folder.</source>
            <translation>Prüfen Sie das Netzwerk und den Proxy von pip, oder geben Sie INDEX_URL, TORCH_INDEX_URL oder einen Ordner WHEELS an.</translation>
        </message>
        <message>
            <source>Checkpoints are not part of this plugin: download them from their publisher, and mind their licence. Give the file of weights, which ends in _gen.pth, not the one of the optimizer, _opt.pth. The network is recognised by the names and shapes of its weights. The publisher's JSON tells the tile size and, for a change head, the noise levels; without it the publishers' usual ones are taken and said in the log.</source>
            <translation>Checkpoints gehören nicht zu dieser Erweiterung: Laden Sie sie bei ihrem Herausgeber und beachten Sie ihre Lizenz. Geben Sie die Datei der Gewichte an, die auf _gen.pth endet, nicht die des Optimierers, _opt.pth. Das Netz wird an den Namen und Formen seiner Gewichte erkannt. Das JSON des Herausgebers nennt die Kachelgröße und, für einen Veränderungskopf, die Rauschstufen; ohne es werden die üblichen des Herausgebers genommen und im Protokoll genannt.</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Datei wählen</translation>
        </message>
        <message>
            <source>Choose by KID where you want tiles, by the validation loss where you want features for change detection. One repeat tells nothing of chance; three tell large differences, five tell more.</source>
            <translation>Wählen Sie nach KID, wenn Sie Kacheln wollen, nach dem Prüfverlust, wenn Sie Merkmale zur Änderungserkennung wollen. Eine Wiederholung sagt nichts über den Zufall; drei zeigen große Unterschiede, fünf mehr.</translation>
        </message>
        <message>
            <source>Choose real imagery that the model was not trained on, of the same kind, and at least 200 tiles of it. With the training imagery too, each tile is searched in it, at every place and in all eight turns, and the report shows the nearest places side by side.</source>
            <translation>Wählen Sie echte Bilder derselben Art, mit denen das Modell nicht trainiert wurde, und mindestens 200 Kacheln davon. Mit den Trainingsbildern dazu wird jede Kachel darin gesucht, an jedem Ort und in allen acht Drehungen und Spiegelungen, und der Bericht zeigt die nächsten Stellen nebeneinander.</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Frei</translation>
        </message>
        <message>
            <source>Close that program and rename the file.</source>
            <translation>Schließen Sie dieses Programm und benennen Sie die Datei um.</translation>
        </message>
        <message>
            <source>Cohen's kappa</source>
            <translation>Cohens Kappa</translation>
        </message>
        <message>
            <source>Column</source>
            <translation>Spalte</translation>
        </message>
        <message>
            <source>Compare a change map with reference data: accuracy figures, their intervals, and a map of errors.</source>
            <translation>Eine Veränderungskarte mit Referenzdaten vergleichen: Maße der Genauigkeit, ihre Intervalle und eine Fehlerkarte.</translation>
        </message>
        <message>
            <source>Compare synthetic tiles with real ones: how alike they look, how varied they are, and whether they are copies.</source>
            <translation>Synthetische Kacheln mit echten vergleichen: wie ähnlich sie aussehen, wie vielfältig sie sind, und ob sie Kopien sind.</translation>
        </message>
        <message>
            <source>Compare training settings</source>
            <translation>Trainingseinstellungen vergleichen</translation>
        </message>
        <message>
            <source>Compare with controls</source>
            <translation>Mit Kontrollen vergleichen</translation>
        </message>
        <message>
            <source>Compares a change map with reference data and tells how good it is: precision, recall, F1 and intersection over union of change, overall accuracy and Cohen's kappa, with an interval for F1 that heeds that neighbouring pixels are alike (block bootstrap).</source>
            <translation>Vergleicht eine Veränderungskarte mit Referenzdaten und sagt, wie gut sie ist: Präzision, Trefferquote, F1 und Schnitt über Vereinigung der Veränderung, Gesamtgenauigkeit und Cohens Kappa, mit einem Intervall für F1, das beachtet, dass benachbarte Pixel einander gleichen (Block-Bootstrap).</translation>
        </message>
        <message>
            <source>Comparison of training settings</source>
            <translation>Vergleich von Trainingseinstellungen</translation>
        </message>
        <message>
            <source>Compile the network</source>
            <translation>Das Netz übersetzen</translation>
        </message>
        <message>
            <source>Compile the network first (torch.compile): a minute or more of preparation, then faster steps, for long trainings on a GPU. Needs a C++ compiler, and Triton on a GPU.</source>
            <translation>Das Netz vorher übersetzen (torch.compile): eine Minute Vorbereitung oder mehr, dann schnellere Schritte, für lange Trainings auf einer Grafikkarte. Braucht einen C++-Compiler, und auf einer Grafikkarte Triton.</translation>
        </message>
        <message>
            <source>Condition</source>
            <translation>Bedingung</translation>
        </message>
        <message>
            <source>Condition rasters</source>
            <translation>Raster der Bedingung</translation>
        </message>
        <message>
            <source>Configuration</source>
            <translation>Konfiguration</translation>
        </message>
        <message>
            <source>Configuration file</source>
            <translation>Konfigurationsdatei</translation>
        </message>
        <message>
            <source>Constant are {}: these bands {} in both dates.</source>
            <translation>Konstant sind {}: diese Kanäle {} an beiden Zeitpunkten.</translation>
        </message>
        <message>
            <source>Context</source>
            <translation>Umgebung</translation>
        </message>
        <message>
            <source>Copies</source>
            <translation>Kopien</translation>
        </message>
        <message>
            <source>Copies are searched in {} of the training imagery, at random.</source>
            <translation>Kopien werden in {} der Trainingsbilder gesucht, zufällig gewählt.</translation>
        </message>
        <message>
            <source>Copying the layer '{}' to a file that the worker can read.</source>
            <translation>Der Layer „{}“ wird in eine Datei kopiert, die der Arbeitsprozess lesen kann.</translation>
        </message>
        <message>
            <source>Correlation over all pixels, the largest differences first</source>
            <translation>Korrelation über alle Pixel, die größten Unterschiede zuerst</translation>
        </message>
        <message>
            <source>Correlations between bands</source>
            <translation>Korrelationen zwischen Kanälen</translation>
        </message>
        <message>
            <source>DATES has {} dates for {} rasters. Give one for each, in their order.</source>
            <translation>DATES hat {} Daten für {} Raster. Geben Sie für jedes eines, in ihrer Reihenfolge.</translation>
        </message>
        <message>
            <source>DATES holds {}, which is no date. Write dates as 2005-07-12.</source>
            <translation>DATES enthält {}, was kein Datum ist. Schreiben Sie Daten wie 2005-07-12.</translation>
        </message>
        <message>
            <source>DDPM: diffusion models for rasters</source>
            <translation>DDPM: Diffusionsmodelle für Raster</translation>
        </message>
        <message>
            <source>DENSITY of real tiles against other real ones, at the same count</source>
            <translation>DENSITY echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>DEVICE is mps, but torch finds no Apple GPU. Choose auto or cpu.</source>
            <translation>DEVICE ist mps, aber torch findet keine GPU von Apple. Wählen Sie auto oder cpu.</translation>
        </message>
        <message>
            <source>DEVICE is {}, but there are {} CUDA devices, counted from 0.</source>
            <translation>DEVICE ist {}, aber es gibt {} CUDA-Geräte, von 0 gezählt.</translation>
        </message>
        <message>
            <source>DEVICE is {}, but torch {} finds no CUDA device. Choose auto or cpu, or install a CUDA build of torch and a driver.</source>
            <translation>DEVICE ist {}, aber torch {} findet kein CUDA-Gerät. Wählen Sie auto oder cpu, oder installieren Sie torch für CUDA und einen Treiber.</translation>
        </message>
        <message>
            <source>DEVICE is {}, which is not supported. Give auto, cpu, cuda, cuda:1 or mps.</source>
            <translation>DEVICE ist {}, das nicht unterstützt wird. Geben Sie auto, cpu, cuda, cuda:1 oder mps an.</translation>
        </message>
        <message>
            <source>DEVICE is {}. Give auto, cpu, cuda, cuda:1 or mps.</source>
            <translation>DEVICE ist {}. Geben Sie auto, cpu, cuda, cuda:1 oder mps an.</translation>
        </message>
        <message>
            <source>DRAWS is {}, but there is no DRAWS_FOLDER to write them to. Name a folder.</source>
            <translation>DRAWS ist {}, aber es gibt keinen DRAWS_FOLDER dafür. Nennen Sie einen Ordner.</translation>
        </message>
        <message>
            <source>Dates</source>
            <translation>Daten</translation>
        </message>
        <message>
            <source>Dates are read from the names of the files (20050712, 2005-07-12, LT05_L1TP_006066_20050712_..., T31UDQ_20200615T..., A2005193), else from their metadata (such as ACQUISITION_DATE or TIFFTAG_DATETIME), unless you list them. The log says which were taken.</source>
            <translation>Die Daten werden aus den Namen der Dateien gelesen (20050712, 2005-07-12, LT05_L1TP_006066_20050712_..., T31UDQ_20200615T..., A2005193), sonst aus ihren Metadaten (etwa ACQUISITION_DATE oder TIFFTAG_DATETIME), außer wenn Sie sie aufzählen. Das Protokoll sagt, welche genommen wurden.</translation>
        </message>
        <message>
            <source>Decides what is kept for validation, and the noise it is judged under. Trainings with other seeds compare where this one is the same.</source>
            <translation>Entscheidet, was zur Prüfung zurückbehalten wird und unter welchem Rauschen geprüft wird. Trainings mit anderen Startwerten sind vergleichbar, wenn dieser gleich ist.</translation>
        </message>
        <message>
            <source>Default device (auto, cpu, cuda, cuda:1, mps)</source>
            <translation>Voreingestelltes Gerät (auto, cpu, cuda, cuda:1, mps)</translation>
        </message>
        <message>
            <source>Default scheduler (tcp://HOST:PORT, local:4, or empty)</source>
            <translation>Vorgegebener Scheduler (tcp://HOST:PORT, local:4 oder leer)</translation>
        </message>
        <message>
            <source>Denoising strip</source>
            <translation>Streifen der Entrauschung</translation>
        </message>
        <message>
            <source>Description of the data</source>
            <translation>Beschreibung der Daten</translation>
        </message>
        <message>
            <source>Description of the labels</source>
            <translation>Beschreibung der Referenzflächen</translation>
        </message>
        <message>
            <source>Detect changes</source>
            <translation>Veränderungen erkennen</translation>
        </message>
        <message>
            <source>Detect changes in a series</source>
            <translation>Veränderungen in einer Zeitreihe erkennen</translation>
        </message>
        <message>
            <source>Detector</source>
            <translation>Detektor</translation>
        </message>
        <message>
            <source>Detector with threshold {}.</source>
            <translation>Detektor mit der Schwelle {}.</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Gerät</translation>
        </message>
        <message>
            <source>Device of jobs</source>
            <translation>Gerät der Aufträge</translation>
        </message>
        <message>
            <source>Devices</source>
            <translation>Geräte</translation>
        </message>
        <message>
            <source>Difference of the correlations between bands: colours that do not occur.</source>
            <translation>Unterschied der Korrelationen zwischen Kanälen: Farben, die nicht vorkommen.</translation>
        </message>
        <message>
            <source>Difference of the power spectra in dB: texture that is too smooth, too rough or has a grid.</source>
            <translation>Unterschied der Leistungsspektren in dB: Textur, die zu glatt oder zu rau ist oder ein Gitter hat.</translation>
        </message>
        <message>
            <source>Distance between prediction and target.</source>
            <translation>Abstand zwischen Vorhersage und Ziel.</translation>
        </message>
        <message>
            <source>Distance of mean and covariance of the features. It depends on the count: see its floor.</source>
            <translation>Abstand von Mittel und Kovarianz der Merkmale. Er hängt von der Anzahl ab: siehe seinen Boden.</translation>
        </message>
        <message>
            <source>Distance of the correlations between bands</source>
            <translation>Abstand der Korrelationen zwischen Kanälen</translation>
        </message>
        <message>
            <source>Distance of the features of synthetic and real tiles. 0 is expected for real ones, at any count.</source>
            <translation>Abstand der Merkmale synthetischer und echter Kacheln. 0 ist bei echten zu erwarten, bei jeder Anzahl.</translation>
        </message>
        <message>
            <source>Distance of the radial power spectra, in dB</source>
            <translation>Abstand der radialen Leistungsspektren in dB</translation>
        </message>
        <message>
            <source>Draws</source>
            <translation>Ziehungen</translation>
        </message>
        <message>
            <source>Dropout</source>
            <translation>Dropout</translation>
        </message>
        <message>
            <source>EXPERIMENT {} belongs to another job: {} differ. Choose a new folder, or the same settings; only TILES and MINUTES may grow.</source>
            <translation>EXPERIMENT {} gehört zu einem anderen Auftrag: {} weichen ab. Wählen Sie einen neuen Ordner oder dieselben Einstellungen; nur TILES und MINUTES dürfen wachsen.</translation>
        </message>
        <message>
            <source>EXPERIMENT {} holds other files. Choose a new folder, or one of an experiment.</source>
            <translation>EXPERIMENT {} enthält andere Dateien. Wählen Sie einen neuen Ordner oder den eines Experiments.</translation>
        </message>
        <message>
            <source>EXPERIMENT {} was begun on {}. Choose a new folder, or bring back what was there.</source>
            <translation>EXPERIMENT {} wurde auf {} begonnen. Wählen Sie einen neuen Ordner, oder bringen Sie zurück, was dort war.</translation>
        </message>
        <message>
            <source>EXPERIMENT {}: samples is a link to another folder. Choose a new folder.</source>
            <translation>EXPERIMENT {}: samples ist eine Verknüpfung zu einem anderen Ordner. Wählen Sie einen neuen Ordner.</translation>
        </message>
        <message>
            <source>EXTENT is given in {}, but the raster has no CRS. Give it in pixels, without a CRS.</source>
            <translation>EXTENT ist in {} gegeben, aber das Raster hat kein KBS. Geben Sie es in Pixeln, ohne KBS.</translation>
        </message>
        <message>
            <source>EXTENT {} lies outside what the raster's CRS can show. Give it in the raster's CRS.</source>
            <translation>EXTENT {} liegt außerhalb dessen, was das KBS des Rasters zeigen kann. Geben Sie es im KBS des Rasters.</translation>
        </message>
        <message>
            <source>Each of several heads leaves other pairs out, or a part of the area where there are too few: the best weights, the threshold and the calibration of the probability come from what was left out, and so do the figures. Their mean decides. Cancel saves the best head so far; with an experiment folder, the same settings go on later.</source>
            <translation>Jeder von mehreren Köpfen lässt andere Paare aus, oder einen Teil der Fläche, wo es zu wenige sind: Aus dem Ausgelassenen kommen die besten Gewichte, die Schwelle und die Eichung der Wahrscheinlichkeit, und die Zahlen ebenso. Ihr Mittel entscheidet. Abbrechen speichert den bisher besten Kopf; mit einem Experimentordner machen dieselben Einstellungen später weiter.</translation>
        </message>
        <message>
            <source>Each pair was judged by heads that had never seen it, so this is about what another place of this kind will give. One threshold serves all pairs: it has the highest mean of their F1. The detector is the mean of all heads, which is mostly better than each of them.</source>
            <translation>Jedes Paar wurde von Köpfen beurteilt, die es nie gesehen hatten; etwa so viel wird ein anderer Ort dieser Art ergeben. Eine Schwelle dient allen Paaren: die mit dem höchsten Mittel ihrer F1. Der Detektor ist das Mittel aller Köpfe, meist besser als jeder einzelne.</translation>
        </message>
        <message>
            <source>Each ticked one is trained with.</source>
            <translation>Mit jedem angehakten wird trainiert.</translation>
        </message>
        <message>
            <source>Each tile is held against every place in the training imagery, in all eight turns. Its ratio is the distance to the nearest place over that to the next others: 0 is a copy, below {} it is called one, near 1 it is like many places and a copy of none.</source>
            <translation>Jede Kachel wird an jeden Ort der Trainingsbilder gehalten, in allen acht Drehungen. Ihr Verhältnis ist der Abstand zum nächsten Ort geteilt durch den zu den folgenden: 0 ist eine Kopie, unter {} heißt sie so, nahe 1 gleicht sie vielen Orten und ist keines Kopie.</translation>
        </message>
        <message>
            <source>Early state after, tiles</source>
            <translation>Früher Stand nach Kacheln</translation>
        </message>
        <message>
            <source>Empty: {}.</source>
            <translation>Leer: {}.</translation>
        </message>
        <message>
            <source>Environment</source>
            <translation>Umgebung</translation>
        </message>
        <message>
            <source>Environment in another folder</source>
            <translation>Umgebung in einem anderen Ordner</translation>
        </message>
        <message>
            <source>Environment report</source>
            <translation>Bericht zur Umgebung</translation>
        </message>
        <message>
            <source>Equal work is</source>
            <translation>Gleiche Arbeit ist</translation>
        </message>
        <message>
            <source>Errors</source>
            <translation>Fehler</translation>
        </message>
        <message>
            <source>Every pair</source>
            <translation>Jedes Paar</translation>
        </message>
        <message>
            <source>Expected error of each band as one standard deviation; 0 where known.</source>
            <translation>Erwarteter Fehler jedes Kanals als eine Standardabweichung; 0, wo bekannt.</translation>
        </message>
        <message>
            <source>Expected root mean square error of the filled pixels, in units of the raster</source>
            <translation>Erwarteter mittlerer quadratischer Fehler (Wurzel) der gefüllten Pixel, in Einheiten des Rasters</translation>
        </message>
        <message>
            <source>Experiment folder</source>
            <translation>Experimentordner</translation>
        </message>
        <message>
            <source>Export model</source>
            <translation>Modell exportieren</translation>
        </message>
        <message>
            <source>Exported model</source>
            <translation>Exportiertes Modell</translation>
        </message>
        <message>
            <source>Extent</source>
            <translation>Ausdehnung</translation>
        </message>
        <message>
            <source>F1 at its own best threshold</source>
            <translation>F1 bei der eigenen besten Schwelle</translation>
        </message>
        <message>
            <source>F1 of change</source>
            <translation>F1 der Veränderung</translation>
        </message>
        <message>
            <source>F1 of change on the validation part</source>
            <translation>F1 der Veränderung am Prüfteil</translation>
        </message>
        <message>
            <source>F1 on the validation part, at the best threshold of the time</source>
            <translation>F1 auf dem Validierungsteil, bei der jeweils besten Schwelle</translation>
        </message>
        <message>
            <source>F1 {} +- {}, IoU {} +- {}: mean and standard deviation of {} starts.</source>
            <translation>F1 {} +- {}, IoU {} +- {}: Mittel und Standardabweichung von {} Anfängen.</translation>
        </message>
        <message>
            <source>FALSE_ALARMS is {} and THRESHOLD {}: either sets where change begins. Leave one of them empty.</source>
            <translation>FALSE_ALARMS ist {} und THRESHOLD {}: jedes bestimmt, wo Veränderung beginnt. Lassen Sie eines leer.</translation>
        </message>
        <message>
            <source>FD of real tiles against other real ones, at the same count</source>
            <translation>FD echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>FEW_CALLS keeps the tiles of INIT_MODEL {}, {} px, but TILE_PX is {}. Leave TILE_PX empty.</source>
            <translation>FEW_CALLS behält die Kacheln von INIT_MODEL {}, {} px, aber TILE_PX ist {}. Lassen Sie TILE_PX leer.</translation>
        </message>
        <message>
            <source>FEW_CALLS learns from what INIT_MODEL {} draws, but these inputs have other bands or another range of values than those it was trained on. Choose the same inputs.</source>
            <translation>FEW_CALLS lernt aus dem, was INIT_MODEL {} zeichnet, aber diese Eingaben haben andere Kanäle oder einen anderen Wertebereich. Wählen Sie dieselben Eingaben.</translation>
        </message>
        <message>
            <source>FEW_CALLS tunes a model, but INIT_MODEL is empty. Choose the model to tune.</source>
            <translation>FEW_CALLS stimmt ein Modell ab, aber INIT_MODEL ist leer. Wählen Sie das Modell.</translation>
        </message>
        <message>
            <source>FEW_CALLS: INIT_MODEL {} was tuned for few calls already. Start from the model it was tuned from.</source>
            <translation>FEW_CALLS: INIT_MODEL {} wurde schon für wenige Aufrufe abgestimmt. Beginnen Sie mit dem Modell davor.</translation>
        </message>
        <message>
            <source>FILES are joined</source>
            <translation>FILES werden verbunden</translation>
        </message>
        <message>
            <source>FOLDER {} does not exist. Choose a folder with A, B and label.</source>
            <translation>FOLDER {} gibt es nicht. Wählen Sie einen Ordner mit A, B und label.</translation>
        </message>
        <message>
            <source>FOLDER {} has no folder A, nor train/A. It needs A, B and label with equal names.</source>
            <translation>FOLDER {} hat keinen Ordner A und kein train/A. Gebraucht werden A, B und label mit gleichen Namen.</translation>
        </message>
        <message>
            <source>FOLDER {} holds no pair of images (png, jpg, tif) in A and B with a label.</source>
            <translation>FOLDER {} enthält kein Paar von Bildern (png, jpg, tif) in A und B mit einem in label.</translation>
        </message>
        <message>
            <source>FOLDER {}: list names {}, which is not in A. Take a whole copy.</source>
            <translation>FOLDER {}: die Liste nennt {}, das nicht in A ist. Nehmen Sie eine vollständige Kopie.</translation>
        </message>
        <message>
            <source>Failed at {}: {}. {}</source>
            <translation>Gescheitert bei „{}“: {}. {}</translation>
        </message>
        <message>
            <source>False alarm</source>
            <translation>Fehlalarm</translation>
        </message>
        <message>
            <source>False alarm (false positive)</source>
            <translation>Fehlalarm (falsch positiv)</translation>
        </message>
        <message>
            <source>False alarms</source>
            <translation>Fehlalarme</translation>
        </message>
        <message>
            <source>Features of windows of {} px on {}.</source>
            <translation>Merkmale von Fenstern zu {} px auf {}.</translation>
        </message>
        <message>
            <source>Few pixels seem unchanged: what changed is told from dates that are matched on all pixels.</source>
            <translation>Wenige Pixel scheinen unverändert: was sich änderte, wird aus auf alle Pixel angeglichenen Zeitpunkten bestimmt.</translation>
        </message>
        <message>
            <source>Field of classes</source>
            <translation>Feld der Klassen</translation>
        </message>
        <message>
            <source>Field of the labelled points that holds change, no change or unsure, or 1 and 0. Points without a label are left out.</source>
            <translation>Feld der bestimmten Punkte, in dem change, no change oder unsure steht, oder 1 und 0. Punkte ohne Eintrag bleiben außen vor.</translation>
        </message>
        <message>
            <source>Field of the labels</source>
            <translation>Feld mit der Bestimmung</translation>
        </message>
        <message>
            <source>Figure</source>
            <translation>Kennzahl</translation>
        </message>
        <message>
            <source>Figures</source>
            <translation>Kennzahlen</translation>
        </message>
        <message>
            <source>Figures of change</source>
            <translation>Kennzahlen der Veränderung</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>File for the detector that is made of the change head.</source>
            <translation>Datei für den Detektor, der aus dem Veränderungskopf gemacht wird.</translation>
        </message>
        <message>
            <source>File for the model</source>
            <translation>Datei für das Modell</translation>
        </message>
        <message>
            <source>File for the model or detector.</source>
            <translation>Datei für das Modell oder den Detektor.</translation>
        </message>
        <message>
            <source>File for the model.</source>
            <translation>Datei für das Modell.</translation>
        </message>
        <message>
            <source>File for the network (.onnx) or for the item (.json).</source>
            <translation>Datei für das Netz (.onnx) oder für das Item (.json).</translation>
        </message>
        <message>
            <source>File for the trained detector.</source>
            <translation>Datei für den trainierten Detektor.</translation>
        </message>
        <message>
            <source>File for the trained model.</source>
            <translation>Datei für das trainierte Modell.</translation>
        </message>
        <message>
            <source>File of weights (.pth, .pt, .ckpt or .safetensors), such as I190000_E97_gen.pth. Nothing in it is executed.</source>
            <translation>Datei der Gewichte (.pth, .pt, .ckpt oder .safetensors), etwa I190000_E97_gen.pth. Nichts darin wird ausgeführt.</translation>
        </message>
        <message>
            <source>File of weights of a change head of ddpm-cd, such as best_cd_model_gen.pth.</source>
            <translation>Datei der Gewichte eines Veränderungskopfes von ddpm-cd, etwa best_cd_model_gen.pth.</translation>
        </message>
        <message>
            <source>Fill gaps</source>
            <translation>Lücken füllen</translation>
        </message>
        <message>
            <source>Fill stripes, clouds and voids of a raster, and tell how sure each filled pixel is.</source>
            <translation>Streifen, Wolken und Fehlstellen eines Rasters füllen und sagen, wie sicher jedes gefüllte Pixel ist.</translation>
        </message>
        <message>
            <source>Filled</source>
            <translation>Gefüllt</translation>
        </message>
        <message>
            <source>Filled pixels</source>
            <translation>Gefüllte Pixel</translation>
        </message>
        <message>
            <source>Filled pixels are estimates, and no observations. FILLED says which they are; keep them out of training data, of accuracy figures, and of whatever counts as measured.</source>
            <translation>Gefüllte Pixel sind Schätzungen und keine Beobachtungen. FILLED sagt, welche es sind; halten Sie sie aus Trainingsdaten heraus, aus Genauigkeitsmaßen und aus allem, was als gemessen gilt.</translation>
        </message>
        <message>
            <source>Filled raster</source>
            <translation>Gefülltes Raster</translation>
        </message>
        <message>
            <source>Filled share of the pixels, 0 to 1</source>
            <translation>Gefüllter Anteil der Pixel, 0 bis 1</translation>
        </message>
        <message>
            <source>Fills what is missing in a raster: the stripes of Landsat 7, clouds, voids of elevation models. What is missing is nodata, and what a mask marks: a raster, polygons, or the quality band that came with a Landsat or Sentinel-2 scene.</source>
            <translation>Füllt, was in einem Raster fehlt: die Streifen von Landsat 7, Wolken, Fehlstellen von Höhenmodellen. Es fehlt, was ohne Daten ist, und was eine Maske markiert: ein Raster, Polygone oder der Qualitätskanal, der mit einer Landsat- oder Sentinel-2-Szene kam.</translation>
        </message>
        <message>
            <source>First beta</source>
            <translation>Erstes Beta</translation>
        </message>
        <message>
            <source>Folder for the environment.</source>
            <translation>Ordner für die Umgebung.</translation>
        </message>
        <message>
            <source>Folder for the models and records of all settings. With the same folder, what is done is not done again and what was begun goes on.</source>
            <translation>Ordner für die Modelle und Aufzeichnungen aller Einstellungen. Mit demselben Ordner wird Fertiges nicht noch einmal gemacht, und Begonnenes geht weiter.</translation>
        </message>
        <message>
            <source>Folder for the record of the run; the same job with the same folder goes on where it stopped.</source>
            <translation>Ordner für die Aufzeichnung des Laufs; derselbe Auftrag mit demselben Ordner macht dort weiter, wo er aufgehört hat.</translation>
        </message>
        <message>
            <source>Folder of a Landsat scene or its MTL file, a .SAFE folder of Sentinel-2 or its MTD file (levels 1C and 2A), or a zip of either.</source>
            <translation>Ordner einer Landsat-Szene oder ihre MTL-Datei, ein .SAFE-Ordner von Sentinel-2 oder dessen MTD-Datei (Level 1C und 2A), oder ein Zip von beidem.</translation>
        </message>
        <message>
            <source>Folder of conditions</source>
            <translation>Ordner der Bedingungen</translation>
        </message>
        <message>
            <source>Folder of draws</source>
            <translation>Ordner der Ziehungen</translation>
        </message>
        <message>
            <source>Folder of images (png, jpg, tif, idx).</source>
            <translation>Ordner mit Bildern (png, jpg, tif, idx).</translation>
        </message>
        <message>
            <source>Folder of models</source>
            <translation>Modellordner</translation>
        </message>
        <message>
            <source>Folder of pairs</source>
            <translation>Ordner mit Paaren</translation>
        </message>
        <message>
            <source>Folder of real images</source>
            <translation>Ordner echter Bilder</translation>
        </message>
        <message>
            <source>Folder of real images.</source>
            <translation>Ordner mit echten Bildern.</translation>
        </message>
        <message>
            <source>Folder of synthetic tiles</source>
            <translation>Ordner synthetischer Kacheln</translation>
        </message>
        <message>
            <source>Folder of tiles</source>
            <translation>Ordner für Kacheln</translation>
        </message>
        <message>
            <source>Folder of training images</source>
            <translation>Ordner mit Trainingsbildern</translation>
        </message>
        <message>
            <source>Folder of wheels</source>
            <translation>Ordner mit Wheels</translation>
        </message>
        <message>
            <source>Footprints</source>
            <translation>Umrisse</translation>
        </message>
        <message>
            <source>For HEAD topdown: the network learns too, at a lower rate, from the model or without one from random weights. Takes some four times as long, and the detector holds the network.</source>
            <translation>Für HEAD topdown: Das Netz lernt mit, mit kleinerer Rate, vom Modell aus oder ohne eines von zufälligen Gewichten aus. Dauert etwa viermal so lange, und der Detektor enthält das Netz.</translation>
        </message>
        <message>
            <source>For a model that was trained with conditions: a raster of what is asked for, or polygons with a field of classes. Its extent is the result's, its grid too, in the ratio of pixels that the model was trained with.</source>
            <translation>Für ein Modell, das mit Bedingungen trainiert wurde: ein Raster dessen, was verlangt ist, oder Polygone mit einem Feld der Klassen. Seine Ausdehnung ist die des Ergebnisses, sein Gitter auch, im Verhältnis der Pixel, mit dem das Modell trainiert wurde.</translation>
        </message>
        <message>
            <source>For a model that was trained with labels: the name of one, or several with commas, which tiles take in turn; all takes each in turn.</source>
            <translation>Für ein Modell, das mit Beschriftungen trainiert wurde: der Name von einer, oder mehrere mit Kommas, welche die Kacheln reihum nehmen; all nimmt alle reihum.</translation>
        </message>
        <message>
            <source>For an area that may be reported, a map's own area will not do: its errors do not cancel. Choose the map and 'Sample to be labelled': random points are drawn, more of them where the map has change. Look at both dates, label each point as change, no change or unsure in its form, and run this again with the map and the labelled sample. The area of change that follows is unbiased and comes with its 95 % interval (Olofsson et al. 2014). The points do not tell what the map says of them, so that it leads nobody.</source>
            <translation>Für eine Fläche, die berichtet werden kann, genügt die Fläche der Karte nicht: Ihre Fehler heben sich nicht auf. Wählen Sie die Karte und „Stichprobe zum Bestimmen“: Zufällige Punkte werden gezogen, mehr davon, wo die Karte Änderung zeigt. Sehen Sie sich beide Zeitpunkte an, bestimmen Sie jeden Punkt in seinem Formular als Änderung, keine Änderung oder unsicher, und starten Sie erneut mit der Karte und der bestimmten Stichprobe. Die Änderungsfläche, die daraus folgt, ist unverzerrt und hat ihr 95-%-Intervall (Olofsson et al. 2014). Die Punkte verraten nicht, was die Karte von ihnen sagt, damit sie niemanden lenkt.</translation>
        </message>
        <message>
            <source>For machines without network: packages are taken from this folder alone.</source>
            <translation>Für Rechner ohne Netzwerk: Pakete werden nur aus diesem Ordner genommen.</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>Four bands: date of the first change and of the strongest as yyyymmdd, strength of that, 0 to 1 (stored in ten-thousandths), and number of changes. Where nothing changed, dates and strength are no data and the number is 0. A run that was cancelled leaves its scores beside it, in a file of this name and .part; the same run started again goes on from there.</source>
            <translation>Vier Bänder: Datum der ersten und der stärksten Veränderung als jjjjmmtt, deren Stärke, 0 bis 1 (in Zehntausendsteln gespeichert), und Zahl der Veränderungen. Wo sich nichts verändert hat, sind Daten und Stärke ohne Wert und die Zahl ist 0. Ein abgebrochener Lauf hinterlässt seine Werte daneben, in einer Datei dieses Namens und .part; derselbe Lauf, noch einmal gestartet, macht dort weiter.</translation>
        </message>
        <message>
            <source>Frechet distance of the features of synthetic and real tiles</source>
            <translation>Fréchet-Abstand der Merkmale synthetischer und echter Kacheln</translation>
        </message>
        <message>
            <source>Free memory in MB</source>
            <translation>Freier Arbeitsspeicher in MB</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder.</source>
            <translation>Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>From the raster alone, missing pixels are kriged: the best linear estimate from the known pixels around. Other dates of the place tell much more. Then pixels follow from those of the other dates by a regression near each place, and what that leaves is kriged. Any grid and any bands will do, and the other dates may have gaps too.</source>
            <translation>Aus dem Raster allein werden fehlende Pixel gekrigt: die beste lineare Schätzung aus den bekannten Pixeln ringsum. Andere Zeitpunkte des Ortes sagen viel mehr. Dann folgen Pixel aus denen der anderen Zeitpunkte durch eine Regression nahe jedem Ort, und was diese übrig lässt, wird gekrigt. Jedes Gitter und alle Kanäle sind recht, und auch die anderen Zeitpunkte dürfen Lücken haben.</translation>
        </message>
        <message>
            <source>From {} to {}.</source>
            <translation>Von {} bis {}.</translation>
        </message>
        <message>
            <source>GDAL keeps the formats {}, which are unsafe.</source>
            <translation>GDAL behält die Formate {}, die unsicher sind.</translation>
        </message>
        <message>
            <source>GDAL, PROJ</source>
            <translation>GDAL, PROJ</translation>
        </message>
        <message>
            <source>GROW_PX is {}, but there is no MASK that could grow. Name a mask.</source>
            <translation>GROW_PX ist {}, aber es gibt keine MASK, die wachsen könnte. Nennen Sie eine Maske.</translation>
        </message>
        <message>
            <source>GUIDANCE is {}, but this model holds no early state to be led away from. Leave GUIDANCE empty, or train a model with GUIDANCE.</source>
            <translation>GUIDANCE ist {}, aber dieses Modell enthält keinen frühen Stand, von dem weggeführt wird. Lassen Sie GUIDANCE leer, oder trainieren Sie ein Modell mit GUIDANCE.</translation>
        </message>
        <message>
            <source>Gain of vegetation</source>
            <translation>Zunahme von Vegetation</translation>
        </message>
        <message>
            <source>Get a model or a detector from an index of models, with its checksum compared and its licence told first.</source>
            <translation>Ein Modell oder einen Detektor aus einem Modellverzeichnis holen; die Prüfsumme wird verglichen und die Lizenz zuerst genannt.</translation>
        </message>
        <message>
            <source>Get model</source>
            <translation>Modell holen</translation>
        </message>
        <message>
            <source>Gets a model or a detector that somebody offers in an index of models. The licence is told first; the file gets its name only when its size and its SHA-256 are those of the index, and when it is a model. Without a file name it goes to the models folder, where dialogs list it.</source>
            <translation>Holt ein Modell oder einen Detektor, den jemand in einem Modellverzeichnis anbietet. Zuerst wird die Lizenz genannt; die Datei bekommt ihren Namen erst, wenn ihre Größe und ihre SHA-256 die des Verzeichnisses sind und wenn sie ein Modell ist. Ohne Dateinamen kommt sie in den Modellordner, wo die Dialoge sie anbieten.</translation>
        </message>
        <message>
            <source>Gives CRS, pixel size, origin and extent of the result.</source>
            <translation>Gibt dem Ergebnis KBS, Pixelgröße, Ursprung und Ausdehnung.</translation>
        </message>
        <message>
            <source>Goes into the detector's card.</source>
            <translation>Steht dann in der Karte des Detektors.</translation>
        </message>
        <message>
            <source>Goes into the model's card.</source>
            <translation>Steht dann in der Modellkarte.</translation>
        </message>
        <message>
            <source>Going on from {} tiles in {}.</source>
            <translation>Weiter ab {} Kacheln in {}.</translation>
        </message>
        <message>
            <source>Going on from {}: {} of {} rows are filled.</source>
            <translation>Weiter ab {}: {} von {} Zeilen sind gefüllt.</translation>
        </message>
        <message>
            <source>Going on from {}: {} of {} rows have their scores.</source>
            <translation>Weiter ab {}: {} von {} Zeilen haben ihre Werte.</translation>
        </message>
        <message>
            <source>Gradient clipping</source>
            <translation>Begrenzung der Gradienten</translation>
        </message>
        <message>
            <source>Grid of settings</source>
            <translation>Raster der Einstellungen</translation>
        </message>
        <message>
            <source>Grow the mask</source>
            <translation>Maske erweitern</translation>
        </message>
        <message>
            <source>Guidance</source>
            <translation>Führung</translation>
        </message>
        <message>
            <source>Guidance scale</source>
            <translation>Stärke der Führung</translation>
        </message>
        <message>
            <source>HEAD and DETECTOR belong together: give both to import a change head, or none of them.</source>
            <translation>HEAD und DETECTOR gehören zusammen: geben Sie beide, um einen Veränderungskopf zu importieren, oder keines.</translation>
        </message>
        <message>
            <source>HEAD is published, which needs a model of two scales or more; this one has one. Choose ours.</source>
            <translation>HEAD ist published und braucht ein Modell mit zwei oder mehr Maßstäben; dieses hat einen. Wählen Sie unseren.</translation>
        </message>
        <message>
            <source>Half precision</source>
            <translation>Halbe Genauigkeit</translation>
        </message>
        <message>
            <source>Head</source>
            <translation>Kopf</translation>
        </message>
        <message>
            <source>Head {} on {}, {} tiles seen</source>
            <translation>Kopf {} auf {}, {} Kacheln gesehen</translation>
        </message>
        <message>
            <source>Heads from different starts</source>
            <translation>Köpfe von verschiedenen Anfängen</translation>
        </message>
        <message>
            <source>Here the whole detector is shown, of which two thirds have seen each of these places.</source>
            <translation>Hier ist der ganze Detektor gezeigt, von dem zwei Drittel jeden dieser Orte gesehen haben.</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Verdeckt</translation>
        </message>
        <message>
            <source>Highest score of change</source>
            <translation>Höchster Veränderungswert</translation>
        </message>
        <message>
            <source>Holes leave too few places of {} of {} maps wholly valid: their statistics are of places that are valid by half.</source>
            <translation>Lücken lassen zu wenige Orte von {} von {} Karten ganz gültig: ihre Statistik nutzt halb gültige Orte.</translation>
        </message>
        <message>
            <source>How bands of another pixel size are brought to it. nearest keeps the numbers as they were measured; average is for larger pixels. A .vrt is resampled where it is read, which is exact for nearest alone.</source>
            <translation>Wie Kanäle anderer Pixelgröße auf diese gebracht werden. nearest behält die Zahlen, wie sie gemessen wurden; average ist für größere Pixel. Ein .vrt wird beim Lesen umgerechnet, was nur für nearest exakt ist.</translation>
        </message>
        <message>
            <source>How deep synthetic tiles lie among real ones, 1 as real ones do. Above 1: they keep to the usual.</source>
            <translation>Wie tief synthetische Kacheln unter echten liegen, 1 wie echte selbst. Über 1: sie bleiben beim Üblichen.</translation>
        </message>
        <message>
            <source>How far samples are led away from what an early state of the model would draw (Karras et al. 2024), which the model's file then holds too: clearer, and less varied. 1: not at all.</source>
            <translation>Wie weit Kacheln weggeführt werden von dem, was ein früher Stand des Modells zeichnen würde (Karras u. a. 2024); die Modelldatei enthält ihn dann auch. Das Ergebnis ist klarer und weniger vielfältig. 1: gar nicht.</translation>
        </message>
        <message>
            <source>How far the surroundings of a pixel count, as a standard deviation: change of single pixels weighs less than change that neighbours share. Not for a detector, which has learnt its own.</source>
            <translation>Wie weit die Umgebung eines Pixels zählt, als Standardabweichung: Änderungen einzelner Pixel wiegen weniger als solche, die auch die Nachbarn zeigen. Nicht für einen Detektor, der seine eigene gelernt hat.</translation>
        </message>
        <message>
            <source>How far tiles are led away from what an early state of the model would draw: clearer, and less varied. A step that is led takes two calls of the network; 1 leads none.</source>
            <translation>Wie weit Kacheln weggeführt werden von dem, was ein früher Stand des Modells zeichnen würde: klarer und weniger vielfältig. Ein geführter Schritt braucht zwei Aufrufe des Netzes; bei 1 wird keiner geführt.</translation>
        </message>
        <message>
            <source>How far tiles are led away from what the model draws unasked, towards what is asked for (Ho and Salimans 2022): closer to it, and less varied. A step that is led takes two calls of the network; 1 leads none.</source>
            <translation>Wie weit Kacheln von dem, was das Modell unverlangt zieht, hin zum Verlangten geführt werden (Ho und Salimans 2022): näher daran und weniger vielfältig. Ein geführter Schritt braucht zwei Aufrufe des Netzes; 1 führt keinen.</translation>
        </message>
        <message>
            <source>How gradients become steps: adam, or muon, which learns all directions of a layer at one speed.</source>
            <translation>Wie aus Gradienten Schritte werden: adam, oder muon, das alle Richtungen einer Schicht gleich schnell lernt.</translation>
        </message>
        <message>
            <source>How long a network is fitted to known pixels of the raster, in minutes of one processor core. It is a number of steps and no clock, so the same job gives the same raster; 0 = no network.</source>
            <translation>Wie lange ein Netz an bekannte Pixel des Rasters angepasst wird, in Minuten eines Prozessorkerns. Es ist eine Zahl von Schritten und keine Uhr, damit derselbe Auftrag dasselbe Raster gibt; 0 = kein Netz.</translation>
        </message>
        <message>
            <source>How many points SAMPLE has: at least 75 where change is mapped (a fifth of a small sample), the others by area.</source>
            <translation>Wie viele Punkte SAMPLE hat: mindestens 75, wo die Karte Änderung zeigt (von einer kleinen Stichprobe ein Fünftel), die übrigen nach der Fläche.</translation>
        </message>
        <message>
            <source>How many real tiles a synthetic one lies among, 1 as for real ones</source>
            <translation>Unter wie vielen echten Kacheln eine synthetische liegt, 1 wie bei echten</translation>
        </message>
        <message>
            <source>How much is read at once. It does not change the result.</source>
            <translation>Wie viel auf einmal gelesen wird. Am Ergebnis ändert es nichts.</translation>
        </message>
        <message>
            <source>How noise levels are drawn in training: a published schedule of steps, or edm (log-normal).</source>
            <translation>Wie im Training Rauschstufen gezogen werden: ein veröffentlichter Plan von Schritten, oder edm (log-normal).</translation>
        </message>
        <message>
            <source>How often each setting is trained, each time with another seed: from two on the report tells what differs from what chance does.</source>
            <translation>Wie oft jede Einstellung trainiert wird, jedes Mal mit einem anderen Startwert: Ab zwei sagt der Bericht, was sich mehr als zufällig unterscheidet.</translation>
        </message>
        <message>
            <source>INDEX_URL, else the index that pip is configured with, else the publisher's that fits the build</source>
            <translation>INDEX_URL, sonst der Index, auf den pip eingestellt ist, sonst der des Herausgebers, der zur Ausgabe passt</translation>
        </message>
        <message>
            <source>INIT_MODEL {} does not hold the network of its card ({}). Take a whole copy.</source>
            <translation>INIT_MODEL {} enthält nicht das Netz seiner Karte ({}). Nehmen Sie eine vollständige Kopie.</translation>
        </message>
        <message>
            <source>INIT_MODEL {} has a network of kind {}. Update qgis_ddpm.</source>
            <translation>INIT_MODEL {} hat ein Netz der Art {}. Aktualisieren Sie qgis_ddpm.</translation>
        </message>
        <message>
            <source>INPUT and FOLDER are both empty. Choose at least one raster or a folder of images.</source>
            <translation>INPUT und FOLDER sind beide leer. Wählen Sie mindestens ein Raster oder einen Bilderordner.</translation>
        </message>
        <message>
            <source>INPUT is {} and FILES {}. Give one of both: a scene as it was delivered, or its single bands.</source>
            <translation>INPUT ist {} und FILES {}. Geben Sie eines von beiden: eine gelieferte Szene, oder ihre einzelnen Kanäle.</translation>
        </message>
        <message>
            <source>INPUT names {} rasters; a series has from {} to {}. 'Detect changes' compares two.</source>
            <translation>INPUT nennt {} Raster; eine Zeitreihe hat {} bis {}. 'Veränderungen erkennen' vergleicht zwei.</translation>
        </message>
        <message>
            <source>INPUT {} cannot be read: {}. Choose a folder or file.</source>
            <translation>INPUT {} kann nicht gelesen werden: {}. Wählen Sie einen Ordner oder eine Datei.</translation>
        </message>
        <message>
            <source>INPUT {} does not exist. Choose the folder of a scene, its MTL or MTD file, or a zip.</source>
            <translation>INPUT {} gibt es nicht. Wählen Sie den Ordner einer Szene, ihre MTL- oder MTD-Datei, oder ein Zip.</translation>
        </message>
        <message>
            <source>INPUT {} holds neither an MTL or MTD file nor bands of a scene, such as LC08_..._B4.TIF. Choose the folder that does, or name single bands with FILES.</source>
            <translation>INPUT {} enthält weder eine MTL- oder MTD-Datei noch Kanäle einer Szene wie LC08_..._B4.TIF. Wählen Sie den richtigen Ordner, oder nennen Sie einzelne Kanäle mit FILES.</translation>
        </message>
        <message>
            <source>INPUT {} holds {} scenes ({}). Choose one of them.</source>
            <translation>INPUT {} enthält {} Szenen ({}). Wählen Sie eine davon.</translation>
        </message>
        <message>
            <source>Images smaller than a tile of {} px are enlarged, such as {}.</source>
            <translation>Bilder, die kleiner als eine Kachel zu {} px sind, werden vergrößert, etwa {}.</translation>
        </message>
        <message>
            <source>Import a published checkpoint of ddpm-cd or SR3, and the change head that belongs to it.</source>
            <translation>Einen veröffentlichten Checkpoint von ddpm-cd oder SR3 importieren, und den Veränderungskopf, der dazu gehört.</translation>
        </message>
        <message>
            <source>Import published checkpoint</source>
            <translation>Veröffentlichten Checkpoint importieren</translation>
        </message>
        <message>
            <source>Imported detector</source>
            <translation>Importierter Detektor</translation>
        </message>
        <message>
            <source>Imported model</source>
            <translation>Importiertes Modell</translation>
        </message>
        <message>
            <source>In none of the figures can the synthetic tiles be told from as many real ones.</source>
            <translation>In keiner der Kennzahlen sind die synthetischen Kacheln von ebenso vielen echten zu unterscheiden.</translation>
        </message>
        <message>
            <source>In the place of a model: rasters of one band layout, from whose small pieces new ground is put together, without any training. Scenes of 400 px a side and more give most.</source>
            <translation>Anstelle eines Modells: Raster mit denselben Bändern, aus deren kleinen Stücken neues Land zusammengesetzt wird, ganz ohne Training. Szenen ab 400 px Seitenlänge geben am meisten her.</translation>
        </message>
        <message>
            <source>In the place of a scene: rasters of one band each, in the order that they are to have.</source>
            <translation>Anstelle einer Szene: Raster mit je einem Kanal, in der Reihenfolge, die sie haben sollen.</translation>
        </message>
        <message>
            <source>In {}.</source>
            <translation>In {}.</translation>
        </message>
        <message>
            <source>Index of models</source>
            <translation>Modellverzeichnis</translation>
        </message>
        <message>
            <source>Index of torch</source>
            <translation>Index für torch</translation>
        </message>
        <message>
            <source>Input</source>
            <translation>Eingabe</translation>
        </message>
        <message>
            <source>Inputs</source>
            <translation>Eingaben</translation>
        </message>
        <message>
            <source>Install Python from python.org (for this user, no administrator needed) and name it in BASE_PYTHON, or install uv (docs.astral.sh/uv), which brings one.</source>
            <translation>Installieren Sie Python von python.org (für diesen Benutzer, ohne Administrator) und nennen Sie es in BASE_PYTHON, oder installieren Sie uv (docs.astral.sh/uv), das eines mitbringt.</translation>
        </message>
        <message>
            <source>Interpreter</source>
            <translation>Interpreter</translation>
        </message>
        <message>
            <source>Intersection over union of change</source>
            <translation>Schnitt über Vereinigung der Veränderung</translation>
        </message>
        <message>
            <source>Intersection over union of change on the validation part</source>
            <translation>Schnitt über Vereinigung der Veränderung am Prüfteil</translation>
        </message>
        <message>
            <source>It is taken as data; if it is a fill, set it as nodata of the file, or name it with NODATA (detectchanges, trainmodel).</source>
            <translation>Es gilt als Daten; ist es ein Füllwert, setzen Sie ihn als Nodata der Datei, oder nennen Sie ihn mit NODATA (detectchanges, trainmodel).</translation>
        </message>
        <message>
            <source>It may not fit the layers: {}.</source>
            <translation>Es passt womöglich nicht zu den Layern: {}.</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>Punkt</translation>
        </message>
        <message>
            <source>Its last words: {}</source>
            <translation>Seine letzten Worte: {}</translation>
        </message>
        <message>
            <source>JSON by path, such as {"a.tif": {"crs": "EPSG:32633", "nodata": 0}}, where a layer says otherwise than its file.</source>
            <translation>JSON nach Pfaden, etwa {"a.tif": {"crs": "EPSG:32633", "nodata": 0}}, wo ein Layer anderes sagt als seine Datei.</translation>
        </message>
        <message>
            <source>Jobs can run</source>
            <translation>Aufträge können laufen</translation>
        </message>
        <message>
            <source>Jobs can run here.</source>
            <translation>Aufträge können hier laufen.</translation>
        </message>
        <message>
            <source>Jobs cannot run here until this is mended.</source>
            <translation>Aufträge können hier erst laufen, wenn das behoben ist.</translation>
        </message>
        <message>
            <source>KID of real tiles against other real ones, at the same count</source>
            <translation>KID echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>KINDS is {}. {}</source>
            <translation>KINDS ist {}. {}</translation>
        </message>
        <message>
            <source>Kernel distance of the features of synthetic and real tiles (KID), unbiased</source>
            <translation>Kernabstand der Merkmale synthetischer und echter Kacheln (KID), erwartungstreu</translation>
        </message>
        <message>
            <source>Kind of change</source>
            <translation>Art der Veränderung</translation>
        </message>
        <message>
            <source>Kind of condition</source>
            <translation>Art der Bedingung</translation>
        </message>
        <message>
            <source>Kind of network</source>
            <translation>Art des Netzes</translation>
        </message>
        <message>
            <source>Kind {}</source>
            <translation>Art {}</translation>
        </message>
        <message>
            <source>Kinds by clusters</source>
            <translation>Arten durch Cluster</translation>
        </message>
        <message>
            <source>Kinds of change</source>
            <translation>Arten der Veränderung</translation>
        </message>
        <message>
            <source>Kinds of change by rules on the bands {} of {}: name others with BAND_ROLES.</source>
            <translation>Arten der Veränderung nach Regeln auf den Kanälen {} von {}: nennen Sie andere mit BAND_ROLES.</translation>
        </message>
        <message>
            <source>Kinds of change need a red and a near infrared band, and no names of bands of {} tell them ({}). Name the role of each band with BAND_ROLES, such as red,green,nir, or set CLASSES to group changes without rules.</source>
            <translation>Arten der Veränderung brauchen einen roten und einen nahinfraroten Kanal, und keine Namen der Kanäle von {} nennen sie ({}). Nennen Sie die Rolle jedes Kanals mit BAND_ROLES, etwa red,green,nir, oder setzen Sie CLASSES, um ohne Regeln zu gruppieren.</translation>
        </message>
        <message>
            <source>Known</source>
            <translation>Bekannt</translation>
        </message>
        <message>
            <source>LABELS mark no change at all in {} pairs: every known pixel is 0. Check that change is nonzero.</source>
            <translation>LABELS markieren in {} Paaren gar keine Veränderung: jedes bekannte Pixel ist 0. Prüfen Sie, dass Veränderung ungleich 0 ist.</translation>
        </message>
        <message>
            <source>LAYOUT seamless needs EXTENT or TEMPLATE: the model was trained on no raster with a size.</source>
            <translation>LAYOUT seamless braucht EXTENT oder TEMPLATE: das Modell wurde auf keinem Raster mit einer Größe trainiert.</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>Bestimmung</translation>
        </message>
        <message>
            <source>Labelled sample</source>
            <translation>Bestimmte Stichprobe</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Referenz</translation>
        </message>
        <message>
            <source>Labels of the points; those that are unsure or without label are left out.</source>
            <translation>Angaben der Punkte; unsichere und solche ohne Angabe entfallen.</translation>
        </message>
        <message>
            <source>Landsat and Sentinel-2 are delivered as one file a band. This makes one raster of them, with names of the bands, no data where the sensor has none, scale and offset to physical values, and one pixel size; and a mask of clouds, their shadows and cirrus from the scene's own quality band. 'Detect changes' and 'Train diffusion model' take both as they are.</source>
            <translation>Landsat und Sentinel-2 werden als eine Datei je Kanal geliefert. Dies macht daraus ein Raster, mit Namen der Kanäle, ohne Daten, wo der Sensor keine hat, mit Skalierung und Versatz zu physikalischen Werten und einer Pixelgröße; und eine Maske der Wolken, ihrer Schatten und des Zirrus aus dem Qualitätskanal der Szene. „Veränderungen erkennen“ und „Diffusionsmodell trainieren“ nehmen beides, wie es ist.</translation>
        </message>
        <message>
            <source>Landsat,Sentinel-2,SAFE,MTL,bands,layer stack,virtual raster,cloud mask,QA_PIXEL,SCL,import</source>
            <translation>Landsat,Sentinel-2,SAFE,MTL,Kanäle,Kanäle stapeln,virtuelles Raster,Wolkenmaske,QA_PIXEL,SCL,Import</translation>
        </message>
        <message>
            <source>Largest distance</source>
            <translation>Größter Abstand</translation>
        </message>
        <message>
            <source>Largest norm of the gradient; 0 switches it off.</source>
            <translation>Größte Norm des Gradienten; 0 schaltet die Begrenzung aus.</translation>
        </message>
        <message>
            <source>Largest piece</source>
            <translation>Größtes Stück</translation>
        </message>
        <message>
            <source>Last beta</source>
            <translation>Letztes Beta</translation>
        </message>
        <message>
            <source>Layout</source>
            <translation>Anordnung</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>Lernrate</translation>
        </message>
        <message>
            <source>Learning rates to compare</source>
            <translation>Zu vergleichende Lernraten</translation>
        </message>
        <message>
            <source>Learns from your labels what change is: pairs of rasters of two dates, with a raster or polygons that mark where change is. A diffusion model, which stays as it is, sees both dates; only a small head that reads what it sees is trained, so that a few labelled pairs and minutes on a processor go a long way. The result is a detector for 'Detect changes'. Where no model fits your imagery, leave Model empty and take the head siamese. With 'Tune the network' the model learns too.</source>
            <translation>Lernt aus Ihren Referenzflächen, was Veränderung ist: Paare von Rastern zweier Zeitpunkte, mit einem Raster oder Polygonen, die Veränderungen markieren. Ein Diffusionsmodell, das bleibt, wie es ist, sieht beide Zeitpunkte; nur ein kleiner Kopf, der liest, was es sieht, wird trainiert, sodass wenige beschriftete Paare und Minuten auf einem Prozessor weit reichen. Das Ergebnis ist ein Detektor für „Veränderungen erkennen“. Wo kein Modell zu Ihren Bildern passt, lassen Sie Modell leer und nehmen den Kopf siamese. Mit „Netz mitlernen lassen“ lernt auch das Modell.</translation>
        </message>
        <message>
            <source>Left without data</source>
            <translation>Ohne Daten gelassen</translation>
        </message>
        <message>
            <source>Length in minutes</source>
            <translation>Länge in Minuten</translation>
        </message>
        <message>
            <source>Length in tiles</source>
            <translation>Länge in Kacheln</translation>
        </message>
        <message>
            <source>Length of the average of the weights, as a share of all tiles seen; 0 switches it off.</source>
            <translation>Länge des Mittels der Gewichte, als Anteil aller gesehenen Kacheln; 0 schaltet es aus.</translation>
        </message>
        <message>
            <source>Less than {} of the pixels seem unchanged: the dates' brightness is measured on all.</source>
            <translation>Weniger als {} der Pixel scheinen unverändert: die Helligkeit der Zeitpunkte wird auf allen gemessen.</translation>
        </message>
        <message>
            <source>Licence of the data</source>
            <translation>Lizenz der Daten</translation>
        </message>
        <message>
            <source>Licence of the labels</source>
            <translation>Lizenz der Referenzflächen</translation>
        </message>
        <message>
            <source>Licence of the weights</source>
            <translation>Lizenz der Gewichte</translation>
        </message>
        <message>
            <source>Licence: {}.</source>
            <translation>Lizenz: {}.</translation>
        </message>
        <message>
            <source>Longer side of the largest piece that was taken whole from SOURCE, in pixels</source>
            <translation>Längere Seite des größten Stücks, das im Ganzen aus SOURCE übernommen wurde, in Pixeln</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <source>Loss of vegetation</source>
            <translation>Verlust von Vegetation</translation>
        </message>
        <message>
            <source>Losses</source>
            <translation>Verluste</translation>
        </message>
        <message>
            <source>Lower end of the 95 % interval of F1</source>
            <translation>Unteres Ende des 95-%-Intervalls von F1</translation>
        </message>
        <message>
            <source>Lower end of the 95 % interval of that area</source>
            <translation>Unteres Ende des 95-%-Intervalls dieser Fläche</translation>
        </message>
        <message>
            <source>Lowest KID</source>
            <translation>Niedrigste KID</translation>
        </message>
        <message>
            <source>Lowest validation loss</source>
            <translation>Niedrigster Validierungsverlust</translation>
        </message>
        <message>
            <source>MASK is {}, but {} no quality band that is read. Leave MASK empty.</source>
            <translation>MASK ist {}, aber {} kein Qualitätskanal, der gelesen wird. Lassen Sie MASK leer.</translation>
        </message>
        <message>
            <source>MASK {} hides all {} labelled pixels. Check that nonzero means leave out.</source>
            <translation>MASK {} verdeckt alle {} Pixel mit Referenz. Prüfen Sie, dass ungleich 0 auslassen bedeutet.</translation>
        </message>
        <message>
            <source>MASK {} hides all {} valid pixels. Check that nonzero means leave out.</source>
            <translation>MASK {} verdeckt alle {} gültigen Pixel. Prüfen Sie, dass ungleich 0 auslassen bedeutet.</translation>
        </message>
        <message>
            <source>MASK_BEFORE or MASK_AFTER</source>
            <translation>MASK_BEFORE oder MASK_AFTER</translation>
        </message>
        <message>
            <source>MEMORISATION of real tiles against other real ones, at the same count</source>
            <translation>MEMORISATION echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>METHOD auto: features as the detector weighs them.</source>
            <translation>METHOD auto: features, wie der Detektor sie gewichtet.</translation>
        </message>
        <message>
            <source>METHOD auto: features, because a model is named. {}: compare both, or train a DETECTOR on it.</source>
            <translation>METHOD auto: features, weil ein Modell genannt ist. {}: vergleichen Sie beide, oder trainieren Sie einen DETECTOR darauf.</translation>
        </message>
        <message>
            <source>METHOD auto: irmad. {}; a DETECTOR is better than either.</source>
            <translation>METHOD auto: irmad. {}; ein DETECTOR ist besser als beide.</translation>
        </message>
        <message>
            <source>METHOD features finds {} places that are valid in both dates and needs {}: the dates are too small, or have too many holes. Choose METHOD irmad, which looks at single pixels.</source>
            <translation>METHOD features findet {} an beiden Zeitpunkten gültige Orte und braucht {}: die Raster sind zu klein oder haben zu viele Lücken. Wählen Sie METHOD irmad, das einzelne Pixel betrachtet.</translation>
        </message>
        <message>
            <source>METHOD features: {}, whose bands fit.</source>
            <translation>METHOD features: {}, dessen Kanäle passen.</translation>
        </message>
        <message>
            <source>METHOD regression needs OTHER, rasters of other dates. Name some, or choose METHOD kriging.</source>
            <translation>METHOD regression braucht OTHER, Raster anderer Zeitpunkte. Nennen Sie welche, oder wählen Sie METHOD kriging.</translation>
        </message>
        <message>
            <source>METHOD {} has no use for DETECTOR {}. Choose METHOD features, or leave DETECTOR empty.</source>
            <translation>METHOD {} kann DETECTOR {} nicht gebrauchen. Wählen Sie METHOD features, oder lassen Sie DETECTOR leer.</translation>
        </message>
        <message>
            <source>MODEL and SOURCE are both given. Leave one of them empty.</source>
            <translation>MODEL und SOURCE sind beide gegeben. Lassen Sie eines leer.</translation>
        </message>
        <message>
            <source>MODEL and SOURCE are both missing. Give a trained model, or rasters to draw from.</source>
            <translation>MODEL und SOURCE fehlen beide. Geben Sie ein trainiertes Modell, oder Raster zum Ziehen.</translation>
        </message>
        <message>
            <source>Make one raster of a scene that comes as one file a band, as Landsat and Sentinel-2 do, and a mask of clouds.</source>
            <translation>Aus einer Szene, die wie bei Landsat und Sentinel-2 als eine Datei je Kanal kommt, ein Raster machen, und eine Wolkenmaske.</translation>
        </message>
        <message>
            <source>Make the Python environment that runs the jobs, outside QGIS's own Python; run again, it mends or updates.</source>
            <translation>Die Python-Umgebung machen, in der die Aufträge laufen, außerhalb des Pythons von QGIS; noch einmal ausgeführt, repariert oder aktualisiert es sie.</translation>
        </message>
        <message>
            <source>Make the change mask and polygons anew from change probabilities and another threshold.</source>
            <translation>Veränderungsmaske und Polygone aus Veränderungswahrscheinlichkeiten und einer anderen Schwelle neu machen.</translation>
        </message>
        <message>
            <source>Makes a model file of a published checkpoint, so that 'Sample synthetic tiles' and 'Detect changes' can use a network that others have trained on many images. Networks of ddpm-cd and of SR3 are read; those for super-resolution take the coarser image as the condition of 'Sample synthetic tiles'. A change head of ddpm-cd becomes a detector for the imported model.</source>
            <translation>Macht aus einem veröffentlichten Checkpoint eine Modelldatei, damit „Synthetische Kacheln ziehen“ und „Veränderungen erkennen“ ein Netz nutzen können, das andere mit vielen Bildern trainiert haben. Gelesen werden Netze von ddpm-cd und von SR3; jene für Superresolution nehmen das gröbere Bild als Bedingung von „Synthetische Kacheln ziehen“. Ein Veränderungskopf von ddpm-cd wird zum Detektor für das importierte Modell.</translation>
        </message>
        <message>
            <source>Makes new pixels that look like the imagery a model was trained on, as a georeferenced raster in the data type and value range of the training raster. Nothing in it was ever seen from above: the files carry the tag SYNTHETIC=YES and the layer's name says so.</source>
            <translation>Macht neue Pixel, die aussehen wie die Bilder, mit denen ein Modell trainiert wurde, als georeferenziertes Raster im Datentyp und Wertebereich des Trainingsrasters. Nichts davon wurde je von oben gesehen: Die Dateien tragen den Vermerk SYNTHETIC=YES, und der Layername sagt es auch.</translation>
        </message>
        <message>
            <source>Makes the Python environment in which the other algorithms do their work: a folder of its own with torch, rasterio and a few small packages. Nothing is installed into QGIS's own Python, and removing the folder removes everything.</source>
            <translation>Macht die Python-Umgebung, in der die anderen Algorithmen arbeiten: ein eigener Ordner mit torch, rasterio und einigen kleinen Paketen. Nichts wird in das Python von QGIS installiert, und mit dem Ordner ist alles wieder weg.</translation>
        </message>
        <message>
            <source>Makes the change mask and the polygons anew from the change probability that 'Detect changes' wrote, with another threshold or another smallest change. Nothing is detected again, so it takes seconds. The mask is the one that 'Detect changes' would have written with that threshold; the polygons are its whole patches, without what only the bands of both dates tell (kinds of change, values before and after).</source>
            <translation>Macht Veränderungsmaske und Polygone neu aus der Veränderungswahrscheinlichkeit, die „Veränderungen erkennen“ geschrieben hat, mit einer anderen Schwelle oder einer anderen kleinsten Veränderung. Es wird nicht noch einmal erkannt, darum dauert es Sekunden. Die Maske ist die, die „Veränderungen erkennen“ mit dieser Schwelle geschrieben hätte; die Polygone sind ihre ganzen Flecken, ohne das, was nur die Kanäle beider Zeitpunkte sagen (Art der Veränderung, Werte vorher und nachher).</translation>
        </message>
        <message>
            <source>Map and truth, as shares of the area</source>
            <translation>Karte und Wahrheit, als Anteile der Fläche</translation>
        </message>
        <message>
            <source>Map of errors</source>
            <translation>Fehlerkarte</translation>
        </message>
        <message>
            <source>Map what changed between two rasters of the same place.</source>
            <translation>Kartieren, was sich zwischen zwei Rastern desselben Ortes verändert hat.</translation>
        </message>
        <message>
            <source>Map when a place changed, how strongly and how often, from three or more rasters with dates.</source>
            <translation>Kartieren, wann sich ein Ort verändert hat, wie stark und wie oft, aus drei oder mehr Rastern mit Datum.</translation>
        </message>
        <message>
            <source>Map: change</source>
            <translation>Karte: Veränderung</translation>
        </message>
        <message>
            <source>Map: no change</source>
            <translation>Karte: keine Veränderung</translation>
        </message>
        <message>
            <source>Maps what changed between two rasters of the same place. The result lies on the grid of the first raster; the second is resampled onto it where the grids differ. Pixels without data in either date stay without data.</source>
            <translation>Kartiert, was sich zwischen zwei Rastern desselben Ortes verändert hat. Das Ergebnis liegt auf dem Gitter des ersten Rasters; das zweite wird darauf umgerechnet, wo die Gitter verschieden sind. Pixel, die zu einem der Zeitpunkte keine Daten haben, bleiben ohne Daten.</translation>
        </message>
        <message>
            <source>Maps when a place changed, how strongly and how often, from three or more rasters of it with dates. Each date is compared with the one before it, in the ways of 'Detect changes'. The result lies on the grid of the earliest raster; others are resampled onto it where the grids differ.</source>
            <translation>Kartiert, wann sich ein Ort verändert hat, wie stark und wie oft, aus drei oder mehr Rastern mit Datum. Jedes Datum wird mit dem davor verglichen, auf die Arten von „Veränderungen erkennen“. Das Ergebnis liegt auf dem Gitter des frühesten Rasters; andere werden darauf umgerechnet, wo die Gitter sich unterscheiden.</translation>
        </message>
        <message>
            <source>Mask</source>
            <translation>Maske</translation>
        </message>
        <message>
            <source>Mask of the first date</source>
            <translation>Maske des ersten Zeitpunkts</translation>
        </message>
        <message>
            <source>Mask of the second date</source>
            <translation>Maske des zweiten Zeitpunkts</translation>
        </message>
        <message>
            <source>Mask values</source>
            <translation>Werte der Maske</translation>
        </message>
        <message>
            <source>Masks</source>
            <translation>Masken</translation>
        </message>
        <message>
            <source>Mean F1 of pairs</source>
            <translation>Mittleres F1 der Paare</translation>
        </message>
        <message>
            <source>Mean F1 of pairs, left out</source>
            <translation>Mittleres F1 der Paare, ausgelassen</translation>
        </message>
        <message>
            <source>Mean difference from a coarser CONDITION, in its numbers</source>
            <translation>Mittlere Abweichung von einer gröberen CONDITION, in deren Zahlen</translation>
        </message>
        <message>
            <source>Mean power by frequency: left large shapes, right fine texture</source>
            <translation>Mittlere Leistung nach Frequenz: links große Formen, rechts feine Textur</translation>
        </message>
        <message>
            <source>Mean score of change</source>
            <translation>Mittlerer Veränderungswert</translation>
        </message>
        <message>
            <source>Means and standard deviations over {} random halves of the real tiles</source>
            <translation>Mittel und Standardabweichungen über {} zufällige Hälften der echten Kacheln</translation>
        </message>
        <message>
            <source>Memory ran out on {} with one {} at a time. Close other programs, choose another DEVICE, or a model with smaller tiles or fewer channels.</source>
            <translation>Der Arbeitsspeicher reichte auf {} auch für ein {} auf einmal nicht. Schließen Sie andere Programme, wählen Sie ein anderes DEVICE oder ein Modell mit kleineren Kacheln oder weniger Kanälen.</translation>
        </message>
        <message>
            <source>Memory ran out with {} {}s at a time; going on with {}.</source>
            <translation>Der Arbeitsspeicher reichte nicht für {} {} auf einmal; weiter mit {}.</translation>
        </message>
        <message>
            <source>Memory ran out. Lower BATCH_SIZE or BLOCK_PX, or take a smaller preset.</source>
            <translation>Der Arbeitsspeicher reichte nicht. Verringern Sie BATCH_SIZE oder BLOCK_PX, oder nehmen Sie ein kleineres Preset.</translation>
        </message>
        <message>
            <source>Memory ran out; going on in parts of {} tiles.</source>
            <translation>Der Arbeitsspeicher reichte nicht; weiter in Teilen von {} Kacheln.</translation>
        </message>
        <message>
            <source>Method</source>
            <translation>Verfahren</translation>
        </message>
        <message>
            <source>Method used</source>
            <translation>Benutztes Verfahren</translation>
        </message>
        <message>
            <source>Min-SNR gamma</source>
            <translation>Gamma von Min-SNR</translation>
        </message>
        <message>
            <source>Minutes of learning</source>
            <translation>Minuten des Lernens</translation>
        </message>
        <message>
            <source>Minutes on a processor give colours and textures, not objects; features for change detection do not need more.</source>
            <translation>Minuten auf einem Prozessor ergeben Farben und Texturen, keine Objekte; mehr brauchen Merkmale zur Veränderungserkennung nicht.</translation>
        </message>
        <message>
            <source>Missing edges, lines and patches, 0 as in real tiles, 1 as in noise of the same spectrum</source>
            <translation>Fehlende Kanten, Linien und Flächen: 0 wie in echten Kacheln, 1 wie in Rauschen desselben Spektrums</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Models at hand</source>
            <translation>Vorhandene Modelle</translation>
        </message>
        <message>
            <source>Models folder</source>
            <translation>Modellordner</translation>
        </message>
        <message>
            <source>Moves the noise levels that edm trains on: the mean of ln(sigma), -1.2 in Karras et al. 2022, is raised by so much. What shows through much noise, as ink on paper does, wants more.</source>
            <translation>Verschiebt die Rauschstufen, auf denen edm lernt: Der Mittelwert von ln(sigma), -1,2 bei Karras u. a. 2022, wird um so viel erhöht. Was durch viel Rauschen hindurch zu sehen ist, wie Tinte auf Papier, braucht mehr.</translation>
        </message>
        <message>
            <source>NOISE_LEVELS is {}, but DETECTOR {} was trained at levels of its own. Leave NOISE_LEVELS empty.</source>
            <translation>NOISE_LEVELS ist {}, aber DETECTOR {} wurde auf eigenen Stufen trainiert. Lassen Sie NOISE_LEVELS leer.</translation>
        </message>
        <message>
            <source>NVIDIA cards</source>
            <translation>NVIDIA-Karten</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Name an experiment folder for runs that take hours: after a cancel or a crash the same settings with the same folder go on where they stopped, and models of all settings stay in it. Cancel writes the report of what is done.</source>
            <translation>Nennen Sie einen Experimentordner für Läufe, die Stunden dauern: Nach einem Abbruch oder Absturz machen dieselben Einstellungen mit demselben Ordner dort weiter, wo sie aufgehört haben, und die Modelle aller Einstellungen bleiben darin. Abbrechen schreibt den Bericht über das, was fertig ist.</translation>
        </message>
        <message>
            <source>Name of the model in the index, such as ddpm-aerial-rgb.</source>
            <translation>Name des Modells im Verzeichnis, etwa ddpm-aerial-rgb.</translation>
        </message>
        <message>
            <source>Names of the bands</source>
            <translation>Namen der Kanäle</translation>
        </message>
        <message>
            <source>Neighbours</source>
            <translation>Nachbarn</translation>
        </message>
        <message>
            <source>Neither the checkpoint nor a CONFIG says the schedule; ddpm-cd's, {}, is taken.</source>
            <translation>Weder Checkpoint noch CONFIG nennt das Schema; das von ddpm-cd, {}, wird genommen.</translation>
        </message>
        <message>
            <source>Neither the reference nor the map has a changed pixel</source>
            <translation>Weder die Referenz noch die Karte hat ein verändertes Pixel</translation>
        </message>
        <message>
            <source>New bare or built ground</source>
            <translation>Neuer kahler oder bebauter Boden</translation>
        </message>
        <message>
            <source>No CONFIG says the tile size; {} px, the publishers' usual one, is taken.</source>
            <translation>Kein CONFIG sagt die Kachelgröße; {} px, die übliche, wird genommen.</translation>
        </message>
        <message>
            <source>No CONFIG says where the head reads: taken is t = {} of the schedule {}.</source>
            <translation>Kein CONFIG sagt, wo der Kopf liest: genommen wird t = {} des Schemas {}.</translation>
        </message>
        <message>
            <source>No Python for the environment was found.</source>
            <translation>Kein Python für die Umgebung wurde gefunden.</translation>
        </message>
        <message>
            <source>No Python with torch and rasterio was found for the jobs. Run the algorithm 'Set up environment', or name one in Settings &gt; Options &gt; Processing &gt; Providers &gt; DDPM, or in the environment variable QGIS_DDPM_PYTHON.</source>
            <translation>Für die Aufträge wurde kein Python mit torch und rasterio gefunden. Führen Sie den Algorithmus „Umgebung einrichten“ aus, oder nennen Sie eines unter Einstellungen &gt; Optionen &gt; Verarbeitung &gt; Datenanbieter &gt; DDPM oder in der Umgebungsvariable QGIS_DDPM_PYTHON.</translation>
        </message>
        <message>
            <source>No Python {} or newer is installed; uv brings one.</source>
            <translation>Kein Python {} oder neuer ist installiert; uv bringt eines mit.</translation>
        </message>
        <message>
            <source>No band varies in both dates: constant are {}. There is nothing to compare; choose other bands or dates.</source>
            <translation>Kein Kanal ändert sich an beiden Zeitpunkten: konstant sind {}. Es gibt nichts zu vergleichen; wählen Sie andere Kanäle oder Zeitpunkte.</translation>
        </message>
        <message>
            <source>No change</source>
            <translation>Keine Veränderung</translation>
        </message>
        <message>
            <source>No figure means much alone. Each comes with its floor: what real tiles get against other real tiles at the same count. A figure at its floor cannot be told from real; the report says which ones are.</source>
            <translation>Keine Zahl sagt für sich viel. Zu jeder gehört ihr Boden: was echte Kacheln gegen andere echte bei gleicher Anzahl erreichen. Eine Zahl an ihrem Boden ist von echt nicht zu unterscheiden; der Bericht sagt, bei welchen das so ist.</translation>
        </message>
        <message>
            <source>No label</source>
            <translation>Keine Angabe</translation>
        </message>
        <message>
            <source>No model in the models folder fits the {} bands of {} ({}). Name one with MODEL, train one, or choose METHOD irmad.</source>
            <translation>Kein Modell im Modellordner passt zu den {} Kanälen von {} ({}). Nennen Sie eines mit MODEL, trainieren Sie eines, oder wählen Sie METHOD irmad.</translation>
        </message>
        <message>
            <source>No piece longer than this is to be taken whole from one place of SOURCE. A smaller one is further from the original, and joins more often. 0 allows any.</source>
            <translation>Kein längeres Stück soll im Ganzen von einem Ort von SOURCE übernommen werden. Ein kleinerer Wert ist weiter vom Original entfernt und fügt öfter aneinander. 0 erlaubt jedes.</translation>
        </message>
        <message>
            <source>No piece of {} is as large as a tile of {} px. Choose a smaller TILE_PX or larger imagery.</source>
            <translation>Kein Stück von {} ist so groß wie eine Kachel zu {} px. Wählen Sie ein kleineres TILE_PX oder größere Bilder.</translation>
        </message>
        <message>
            <source>No pixel has a label and is valid at both dates: {}.</source>
            <translation>Kein Pixel hat eine Referenz und ist an beiden Zeitpunkten gültig: {}.</translation>
        </message>
        <message>
            <source>No pixel of the area is valid at two dates. Check EXTENT, masks and nodata values.</source>
            <translation>Kein Pixel der Fläche ist an zwei Zeitpunkten gültig. Prüfen Sie EXTENT, Masken und Nodata-Werte.</translation>
        </message>
        <message>
            <source>No pixel of the area is valid in both dates: {}.</source>
            <translation>Kein Pixel der Fläche ist an beiden Zeitpunkten gültig: {}.</translation>
        </message>
        <message>
            <source>No temporary folder can be made ({}). Free space on the disk, or set TMPDIR.</source>
            <translation>Es kann kein temporärer Ordner angelegt werden ({}). Schaffen Sie Platz, oder setzen Sie TMPDIR.</translation>
        </message>
        <message>
            <source>No tile of {} px is wholly valid; tiles that are valid by half are used, and their invalid pixels left out of the loss.</source>
            <translation>Keine Kachel zu {} px ist ganz gültig; halb gültige werden genutzt, und ihre ungültigen Pixel bleiben im Verlust außen vor.</translation>
        </message>
        <message>
            <source>No tile of {} px with valid pixels fits into the rasters. Choose a smaller TILE_PX or larger rasters.</source>
            <translation>Keine Kachel zu {} px mit gültigen Pixeln passt in die Raster. Wählen Sie ein kleineres TILE_PX oder größere Raster.</translation>
        </message>
        <message>
            <source>No two dates that follow each other have enough valid pixels in common. Check their masks.</source>
            <translation>Keine zwei aufeinander folgenden Zeitpunkte haben genug gemeinsame gültige Pixel. Prüfen Sie Masken und Nodata-Werte.</translation>
        </message>
        <message>
            <source>Nodata of {} is 0: only its marked pixels count. Unset its nodata if 0 is no change.</source>
            <translation>Nodata von {} ist 0: nur die markierten Pixel zählen. Entfernen Sie den Nodata-Wert, wenn 0 keine Veränderung bedeutet.</translation>
        </message>
        <message>
            <source>Nodata of {} is 0: that is taken as no change.</source>
            <translation>Nodata von {} ist 0: das gilt als keine Veränderung.</translation>
        </message>
        <message>
            <source>Nodata values</source>
            <translation>Nodata-Werte</translation>
        </message>
        <message>
            <source>Noise draws</source>
            <translation>Rauschziehungen</translation>
        </message>
        <message>
            <source>Noise levels</source>
            <translation>Rauschstufen</translation>
        </message>
        <message>
            <source>Noise schedule</source>
            <translation>Rauschplan</translation>
        </message>
        <message>
            <source>Noise schedules to compare</source>
            <translation>Zu vergleichende Rauschpläne</translation>
        </message>
        <message>
            <source>Not yet labelled</source>
            <translation>Noch nicht bestimmt</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Anmerkung</translation>
        </message>
        <message>
            <source>Nothing changed, so that there are no kinds of change.</source>
            <translation>Nichts hat sich verändert, also gibt es keine Arten der Veränderung.</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Nummer</translation>
        </message>
        <message>
            <source>Number of heads</source>
            <translation>Anzahl der Köpfe</translation>
        </message>
        <message>
            <source>Number of images</source>
            <translation>Anzahl der Bilder</translation>
        </message>
        <message>
            <source>Number of steps of a published schedule; edm has none.</source>
            <translation>Anzahl der Schritte eines veröffentlichten Plans; edm hat keine.</translation>
        </message>
        <message>
            <source>Number of tiles</source>
            <translation>Anzahl der Kacheln</translation>
        </message>
        <message>
            <source>Number of training images</source>
            <translation>Anzahl der Trainingsbilder</translation>
        </message>
        <message>
            <source>Numbers of images to compare</source>
            <translation>Zu vergleichende Bilderzahlen</translation>
        </message>
        <message>
            <source>Numbers of the bands that correspond, in the same order.</source>
            <translation>Nummern der entsprechenden Kanäle, in derselben Reihenfolge.</translation>
        </message>
        <message>
            <source>Numbers of the bands that the synthetic ones stand for, such as 1,2,3.</source>
            <translation>Nummern der Kanäle, für die die synthetischen stehen, etwa 1,2,3.</translation>
        </message>
        <message>
            <source>Numbers of the bands to compare, such as 1,2,3.</source>
            <translation>Nummern der Kanäle, die verglichen werden, etwa 1,2,3.</translation>
        </message>
        <message>
            <source>Numbers of the bands to compare, such as 1,2,3; where they differ, those of each raster in its order, such as 1,2,3;2,3,4;2,3,4.</source>
            <translation>Nummern der Bänder, die verglichen werden, etwa 1,2,3; wo sie sich unterscheiden, die jedes Rasters in der Reihenfolge der Raster, etwa 1,2,3;2,3,4;2,3,4.</translation>
        </message>
        <message>
            <source>Numbers of the bands to read at both dates, such as 1,2,3.</source>
            <translation>Nummern der Kanäle, die zu beiden Zeitpunkten gelesen werden, etwa 1,2,3.</translation>
        </message>
        <message>
            <source>Numbers of the bands to train on, such as 1,2,3.</source>
            <translation>Nummern der Kanäle, mit denen trainiert wird, etwa 1,2,3.</translation>
        </message>
        <message>
            <source>Numbers of the mask raster that are missing: codes such as 3,8,9, bits such as bit3,bit4, or landsat-qa (QA_PIXEL of Landsat Collection 2) or sentinel2-scl (scene classification of Sentinel-2 L2A).</source>
            <translation>Zahlen des Maskenrasters, die fehlen: Codes wie 3,8,9, Bits wie bit3,bit4, oder landsat-qa (QA_PIXEL der Landsat Collection 2) oder sentinel2-scl (Szenenklassifikation von Sentinel-2 L2A).</translation>
        </message>
        <message>
            <source>Numbers of the masks where pixels are ignored: codes such as 3,8,9, bits such as bit3,bit4, or landsat-qa (QA_PIXEL of Landsat Collection 2) or sentinel2-scl (scene classification of Sentinel-2 L2A).</source>
            <translation>Zahlen der Masken, bei denen Pixel nicht beachtet werden: Codes wie 3,8,9, Bits wie bit3,bit4, oder landsat-qa (QA_PIXEL der Landsat Collection 2) oder sentinel2-scl (Szenenklassifikation von Sentinel-2 L2A).</translation>
        </message>
        <message>
            <source>Numbers that the network multiplies. bfloat16 is up to eight times as fast on some processors and GPUs, and rounds to three digits. auto takes it where it is faster and the network is made for it.</source>
            <translation>Zahlen, die das Netz multipliziert. bfloat16 ist auf manchen Prozessoren und Grafikkarten bis zu achtmal so schnell und rundet auf drei Ziffern. auto nimmt es, wo es schneller ist und das Netz dafür gemacht ist.</translation>
        </message>
        <message>
            <source>OTHER {} cannot be laid on {}: one of them has no CRS, and they differ in size, {} x {} and {} x {} px. Set its CRS.</source>
            <translation>OTHER {} kann nicht auf {} gelegt werden: eines hat kein KBS, und die Größen sind {} x {} und {} x {} px. Setzen Sie sein KBS.</translation>
        </message>
        <message>
            <source>OTHER {} does not overlap {}. Choose a raster of the same place.</source>
            <translation>OTHER {} überlappt nicht mit {}. Wählen Sie ein Raster desselben Orts.</translation>
        </message>
        <message>
            <source>OVERLAP_PX is {}, but the model's tile is {} px. Give less than that.</source>
            <translation>OVERLAP_PX ist {}, aber die Kachel des Modells ist {} px groß. Geben Sie weniger an.</translation>
        </message>
        <message>
            <source>Of the change on the map, the share that is real.</source>
            <translation>Anteil der kartierten Veränderung, der echt ist.</translation>
        </message>
        <message>
            <source>Of the real change, the share that the map found.</source>
            <translation>Anteil der echten Veränderung, den die Karte fand.</translation>
        </message>
        <message>
            <source>Of the {} bands of {} the first {} are compared.</source>
            <translation>Von den {} Kanälen von {} werden die ersten {} verglichen.</translation>
        </message>
        <message>
            <source>Of topdown and siamese: so many are trained, each leaves other pairs out, and their mean decides. Of the others: so many are trained from different starts, and the best one is kept; heads linear look at different noise levels.</source>
            <translation>Von topdown und siamese: So viele werden trainiert, jeder lässt andere Paare aus, und ihr Mittel entscheidet. Von den übrigen: So viele werden von verschiedenen Anfängen aus trainiert, und der beste bleibt; Köpfe linear sehen verschiedene Rauschstufen an.</translation>
        </message>
        <message>
            <source>Of what changed: {}.</source>
            <translation>Vom Veränderten: {}.</translation>
        </message>
        <message>
            <source>Offset noise</source>
            <translation>Versatzrauschen</translation>
        </message>
        <message>
            <source>On the map</source>
            <translation>Auf der Karte</translation>
        </message>
        <message>
            <source>On the validation part, {} of the known pixels, which no head was trained on. Weights and threshold were chosen there too, so expect somewhat less on other scenes: compare a change map of another place with 'Assess change map'.</source>
            <translation>Auf dem Validierungsteil, {} der bekannten Pixel, auf denen kein Kopf trainiert wurde. Gewichte und Schwelle wurden auch dort gewählt, erwarten Sie auf anderen Szenen etwas weniger: vergleichen Sie eine Karte eines anderen Orts mit 'Veränderungskarte bewerten'.</translation>
        </message>
        <message>
            <source>On the way</source>
            <translation>Unterwegs</translation>
        </message>
        <message>
            <source>On {} thread{} of a processor</source>
            <translation>Auf {0} Threads eines Prozessors</translation>
        </message>
        <message>
            <source>One GeoTIFF for each draw.</source>
            <translation>Ein GeoTIFF je Ziehung.</translation>
        </message>
        <message>
            <source>One GeoTIFF for each tile, of its part of CONDITION, under the tile's name: pairs for training.</source>
            <translation>Ein GeoTIFF für jede Kachel, von ihrem Teil von CONDITION, unter dem Namen der Kachel: Paare zum Trainieren.</translation>
        </message>
        <message>
            <source>One GeoTIFF for each tile.</source>
            <translation>Ein GeoTIFF für jede Kachel.</translation>
        </message>
        <message>
            <source>One date has no CRS: its pixels are taken to lie on those of the other.</source>
            <translation>Ein Zeitpunkt hat kein KBS: seine Pixel werden auf die des anderen gelegt.</translation>
        </message>
        <message>
            <source>One number a level, such as 1,2,4; each level halves the size.</source>
            <translation>Eine Zahl je Stufe, etwa 1,2,4; jede Stufe halbiert die Größe.</translation>
        </message>
        <message>
            <source>One of: {}.</source>
            <translation>Eines von: {}.</translation>
        </message>
        <message>
            <source>One raster with all bands. A name that ends in .vrt makes a small file that refers to the files of the scene, which have to stay; one in .tif a copy.</source>
            <translation>Ein Raster mit allen Kanälen. Ein Name auf .vrt macht eine kleine Datei, die auf die Dateien der Szene verweist, die bleiben müssen; einer auf .tif eine Kopie.</translation>
        </message>
        <message>
            <source>One sample from call to call: the network's estimate of it</source>
            <translation>Eine Kachel von Aufruf zu Aufruf: die jeweilige Schätzung des Netzes</translation>
        </message>
        <message>
            <source>Only so many images of the folder were trained on, as MAX_IMAGES of the training said, with this SEED and a tenth kept for validation.</source>
            <translation>Nur so viele Bilder des Ordners wurden gelernt, wie MAX_IMAGES des Trainings sagte, mit diesem SEED und einem Zehntel zur Prüfung.</translation>
        </message>
        <message>
            <source>Only {} px are valid in both dates: statistics of {} bands are uncertain below {}.</source>
            <translation>Nur {} px sind an beiden Zeitpunkten gültig: Statistik von {} Kanälen ist unter {} unsicher.</translation>
        </message>
        <message>
            <source>Optimizer</source>
            <translation>Optimierer</translation>
        </message>
        <message>
            <source>Optimizers to compare</source>
            <translation>Zu vergleichende Optimierer</translation>
        </message>
        <message>
            <source>Other change</source>
            <translation>Andere Veränderung</translation>
        </message>
        <message>
            <source>Other dates</source>
            <translation>Andere Zeitpunkte</translation>
        </message>
        <message>
            <source>Outlines of the tiles.</source>
            <translation>Umrisse der Kacheln.</translation>
        </message>
        <message>
            <source>Outputs</source>
            <translation>Ausgaben</translation>
        </message>
        <message>
            <source>Overall accuracy</source>
            <translation>Gesamtgenauigkeit</translation>
        </message>
        <message>
            <source>Overall accuracy on the validation part</source>
            <translation>Gesamtgenauigkeit am Prüfteil</translation>
        </message>
        <message>
            <source>Overlap</source>
            <translation>Überlappung</translation>
        </message>
        <message>
            <source>Overlap of neighbouring windows in the layout seamless. It changes the result.</source>
            <translation>Überlappung benachbarter Fenster in der Anordnung seamless. Sie ändert das Ergebnis.</translation>
        </message>
        <message>
            <source>Overlap of neighbouring windows of the model. It changes the result a little.</source>
            <translation>Überlappung benachbarter Fenster des Modells. Sie ändert das Ergebnis ein wenig.</translation>
        </message>
        <message>
            <source>PIXEL_SIZE {} makes {} x {} pixels; up to {} a side are written. Those of {} are {} wide.</source>
            <translation>PIXEL_SIZE {} ergibt {} x {} Pixel; bis zu {} je Seite werden geschrieben. Die von {} sind {} breit.</translation>
        </message>
        <message>
            <source>PRECISION bfloat16 {} on this machine: float32 is taken.</source>
            <translation>PRECISION bfloat16 {} auf diesem Rechner: float32 wird genommen.</translation>
        </message>
        <message>
            <source>PRECISION of real tiles against other real ones, at the same count</source>
            <translation>PRECISION echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>PREDICTED and REFERENCE are one file, {}: a map is right by its own measure.</source>
            <translation>PREDICTED und REFERENCE sind eine Datei, {}: eine Karte ist an sich selbst gemessen immer richtig.</translation>
        </message>
        <message>
            <source>PREDICTED {} has no valid pixel, so there is nothing to assess. Check its nodata.</source>
            <translation>PREDICTED {} hat kein gültiges Pixel, also nichts zu bewerten. Prüfen Sie den Nodata-Wert.</translation>
        </message>
        <message>
            <source>PREDICTED {} has {} bands; the first is assessed.</source>
            <translation>PREDICTED {} hat {} Kanäle; der erste wird bewertet.</translation>
        </message>
        <message>
            <source>PREDICTED {} holds fractions, and all but 0 counts as change. Assess the change mask, not the probability.</source>
            <translation>PREDICTED {} enthält Brüche, und alles außer 0 gilt als Veränderung. Bewerten Sie die Veränderungsmaske, nicht die Wahrscheinlichkeit.</translation>
        </message>
        <message>
            <source>PREDICTED {} holds other values than 0 and 1; all but 0 counts as change.</source>
            <translation>PREDICTED {} enthält andere Werte als 0 und 1; alles außer 0 gilt als Veränderung.</translation>
        </message>
        <message>
            <source>PROBABILITY {} does not say where change begins. Give THRESHOLD, a score from 0 to 1.</source>
            <translation>PROBABILITY {} sagt nicht, wo Veränderung beginnt. Geben Sie THRESHOLD, einen Wert von 0 bis 1.</translation>
        </message>
        <message>
            <source>PROBABILITY {} has no valid pixel. Check its nodata.</source>
            <translation>PROBABILITY {} hat kein gültiges Pixel. Prüfen Sie den Nodata-Wert.</translation>
        </message>
        <message>
            <source>PROBABILITY {} holds values that are not from 0 to 1. Choose a raster of scores.</source>
            <translation>PROBABILITY {} enthält Werte, die nicht von 0 bis 1 reichen. Wählen Sie ein Raster von Veränderungswerten.</translation>
        </message>
        <message>
            <source>PYTHON is {}, but {} runs this check. Run the job with qgis_ddpm.remote, on the command line or in QGIS: there the interpreter checks itself.</source>
            <translation>PYTHON ist {}, aber {} führt diese Prüfung aus. Starten Sie den Auftrag mit qgis_ddpm.remote, auf der Kommandozeile oder in QGIS: dort prüft sich der Interpreter selbst.</translation>
        </message>
        <message>
            <source>Package index</source>
            <translation>Paketindex</translation>
        </message>
        <message>
            <source>Page with all that was found.</source>
            <translation>Seite mit allem, was gefunden wurde.</translation>
        </message>
        <message>
            <source>Page with curves, tiles, figures and what they say.</source>
            <translation>Seite mit Kurven, Kacheln, Kennzahlen und dem, was sie sagen.</translation>
        </message>
        <message>
            <source>Page with figures and pictures.</source>
            <translation>Seite mit Zahlen und Bildern.</translation>
        </message>
        <message>
            <source>Page with the figures, curves and maps of the validation part.</source>
            <translation>Seite mit den Zahlen, Kurven und Karten des Prüfteils.</translation>
        </message>
        <message>
            <source>Page with the losses and sample tiles.</source>
            <translation>Seite mit den Verlusten und Beispielkacheln.</translation>
        </message>
        <message>
            <source>Pair for {}: {}.</source>
            <translation>Paar zur {}: {}.</translation>
        </message>
        <message>
            <source>Pairs of settings</source>
            <translation>Paare von Einstellungen</translation>
        </message>
        <message>
            <source>Pairs whose KID differs by more than chance</source>
            <translation>Paare, deren KID sich mehr als zufällig unterscheidet</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>Parameter</translation>
        </message>
        <message>
            <source>Part of the earliest raster to map.</source>
            <translation>Teil des frühesten Rasters, der kartiert wird.</translation>
        </message>
        <message>
            <source>Part of the first raster to map.</source>
            <translation>Teil des ersten Rasters, der kartiert wird.</translation>
        </message>
        <message>
            <source>Part of the raster to fill and write.</source>
            <translation>Teil des Rasters, der gefüllt und geschrieben wird.</translation>
        </message>
        <message>
            <source>Patch size</source>
            <translation>Größe der Flicken</translation>
        </message>
        <message>
            <source>Picture of some tiles from noise to the result.</source>
            <translation>Bild einiger Kacheln vom Rauschen bis zum Ergebnis.</translation>
        </message>
        <message>
            <source>Picture: {}</source>
            <translation>Bild: {}</translation>
        </message>
        <message>
            <source>Pixel size</source>
            <translation>Pixelgröße</translation>
        </message>
        <message>
            <source>Pixels folded into channels before the first level: 1, 2 or 4. Larger is faster and coarser.</source>
            <translation>Pixel, die vor der ersten Stufe zu Kanälen gefaltet werden: 1, 2 oder 4. Mehr ist schneller und gröber.</translation>
        </message>
        <message>
            <source>Pixels further than this from a known one are left as nodata, such as the corners beside a swath.</source>
            <translation>Pixel, die weiter von einem bekannten entfernt sind, bleiben ohne Daten, etwa die Ecken neben einem Aufnahmestreifen.</translation>
        </message>
        <message>
            <source>Pixels of PREDICTED differ in area by up to {}: they count by their square metres.</source>
            <translation>Pixel von PREDICTED unterscheiden sich in der Fläche um bis zu {}: sie zählen nach ihren Quadratmetern.</translation>
        </message>
        <message>
            <source>Pixels of {} are drawn as pixels of {}: what they show is larger or smaller than in SOURCE.</source>
            <translation>Pixel von {} werden als Pixel von {} gezogen: was sie zeigen, ist größer oder kleiner als in SOURCE.</translation>
        </message>
        <message>
            <source>Pixels that agree. Near 1 for any map where change is rare.</source>
            <translation>Übereinstimmende Pixel. Nahe 1 für jede Karte, wo Veränderung selten ist.</translation>
        </message>
        <message>
            <source>Pixels that map and reference both call changed, over those that either does.</source>
            <translation>Pixel, die Karte und Referenz beide verändert nennen, geteilt durch die, die eine von beiden so nennt.</translation>
        </message>
        <message>
            <source>Points</source>
            <translation>Punkte</translation>
        </message>
        <message>
            <source>Points that SAMPLE drew of this very change map, with their labels: gives the area of change that may be reported, with its interval. Other points serve where they are a random sample within the map's two classes.</source>
            <translation>Punkte, die SAMPLE aus eben dieser Änderungskarte gezogen hat, mit ihrer Bestimmung: ergibt die Änderungsfläche, die berichtet werden kann, mit ihrem Intervall. Andere Punkte taugen, wenn sie eine Zufallsstichprobe innerhalb der beiden Klassen der Karte sind.</translation>
        </message>
        <message>
            <source>Points to draw</source>
            <translation>Zahl der Punkte</translation>
        </message>
        <message>
            <source>Polygons for statistics</source>
            <translation>Polygone für die Statistik</translation>
        </message>
        <message>
            <source>Polygons of changed areas are of one kind each; else they are all that hangs together, with the most frequent kind and its share.</source>
            <translation>Jedes Polygon der veränderten Flächen ist von einer Art; sonst ist es alles, was zusammenhängt, mit der häufigsten Art und deren Anteil.</translation>
        </message>
        <message>
            <source>Polygons of what changed between two dates: from, to, area_m2, mean_score and max_score. QGIS's temporal controller plays them.</source>
            <translation>Polygone dessen, was sich zwischen zwei Daten verändert hat: from, to, area_m2, mean_score und max_score. Die Zeitsteuerung von QGIS spielt sie ab.</translation>
        </message>
        <message>
            <source>Polygons of {} {} ({}) step over 180 degrees: they are taken to cross it.</source>
            <translation>Polygone von {} {} ({}) springen über 180 Grad: sie gelten als darüber hinweg gehend.</translation>
        </message>
        <message>
            <source>Polygons with area_m2, mean_score and max_score, what each band and index was before and after, and the most frequent kind of change.</source>
            <translation>Polygone mit area_m2, mean_score und max_score, mit jedem Kanal und Index vorher und nachher und mit der häufigsten Art der Veränderung.</translation>
        </message>
        <message>
            <source>Polygons with area_m2, mean_score and max_score.</source>
            <translation>Polygone mit area_m2, mean_score und max_score.</translation>
        </message>
        <message>
            <source>Polygons, such as parcels or stands, of which a copy gets the changed area and its share.</source>
            <translation>Polygone, etwa Flurstücke oder Bestände, deren Kopie die veränderte Fläche und ihren Anteil bekommt.</translation>
        </message>
        <message>
            <source>Power spectra</source>
            <translation>Leistungsspektren</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <source>Precision and recall in one figure (their harmonic mean): 1 is perfect.</source>
            <translation>Genauigkeit und Trefferquote in einer Zahl (harmonisches Mittel): 1 ist vollkommen.</translation>
        </message>
        <message>
            <source>Precision of change</source>
            <translation>Präzision der Veränderung</translation>
        </message>
        <message>
            <source>Precision of change on the validation part</source>
            <translation>Präzision der Veränderung am Prüfteil</translation>
        </message>
        <message>
            <source>Prediction</source>
            <translation>Vorhersage</translation>
        </message>
        <message>
            <source>Predictions to compare</source>
            <translation>Zu vergleichende Vorhersagen</translation>
        </message>
        <message>
            <source>Preset</source>
            <translation>Voreinstellung</translation>
        </message>
        <message>
            <source>Probability of change</source>
            <translation>Veränderungswahrscheinlichkeit</translation>
        </message>
        <message>
            <source>Producer's accuracy of change</source>
            <translation>Produzentengenauigkeit der Veränderung</translation>
        </message>
        <message>
            <source>Producer's accuracy of no change</source>
            <translation>Produzentengenauigkeit ohne Veränderung</translation>
        </message>
        <message>
            <source>Published checkpoint</source>
            <translation>Veröffentlichter Checkpoint</translation>
        </message>
        <message>
            <source>Python of the worker (with torch and rasterio)</source>
            <translation>Python des Arbeitsprozesses (mit torch und rasterio)</translation>
        </message>
        <message>
            <source>RADIOMETRY match: fewer than {} px seem unchanged; the dates are matched on all pixels, so that change between them counts as brightness too.</source>
            <translation>RADIOMETRY match: weniger als {} px scheinen unverändert; die Zeitpunkte werden auf allen Pixeln angeglichen, so dass Veränderung auch als Helligkeit zählt.</translation>
        </message>
        <message>
            <source>RADIOMETRY match: the second date's bands become {}.</source>
            <translation>RADIOMETRY match: die Kanäle des zweiten Zeitpunkts werden {}.</translation>
        </message>
        <message>
            <source>RECALL of real tiles against other real ones, at the same count</source>
            <translation>RECALL echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>REFERENCE and REFERENCE_FOLDER are both empty. Choose real rasters or images to compare with.</source>
            <translation>REFERENCE und REFERENCE_FOLDER sind beide leer. Wählen Sie echte Raster oder Bilder zum Vergleich.</translation>
        </message>
        <message>
            <source>REFERENCE {}{} none of the {} valid pixels of PREDICTED. Check that both show the same place, and the reference's nodata.</source>
            <translation>REFERENCE {}{} keines der {} gültigen Pixel von PREDICTED. Prüfen Sie, dass beide denselben Ort zeigen, und den Nodata-Wert der Referenz.</translation>
        </message>
        <message>
            <source>REPORT has nothing to tell before the sample is labelled. Leave REPORT empty.</source>
            <translation>REPORT hat nichts zu berichten, bevor die Stichprobe bestimmt ist. Lassen Sie REPORT leer.</translation>
        </message>
        <message>
            <source>Radiometry</source>
            <translation>Radiometrie</translation>
        </message>
        <message>
            <source>Random flips, or flips and right-angle turns (dihedral). Writing must not be turned: the preset digits has none, whatever files the digits come from.</source>
            <translation>Zufällige Spiegelungen, oder Spiegelungen und Drehungen um rechte Winkel (dihedral). Schrift darf nicht gedreht werden: Die Voreinstellung digits hat keine, aus welchen Dateien die Ziffern auch kommen.</translation>
        </message>
        <message>
            <source>Random points of the change map, to be labelled in QGIS and given back as the labelled sample. They do not tell what the map says of them.</source>
            <translation>Zufällige Punkte der Änderungskarte, die in QGIS bestimmt und als bestimmte Stichprobe zurückgegeben werden. Sie verraten nicht, was die Karte von ihnen sagt.</translation>
        </message>
        <message>
            <source>Raster of scores from 0 to 1, as change detection writes it; the first band is read.</source>
            <translation>Raster von Werten zwischen 0 und 1, wie es die Veränderungserkennung schreibt; gelesen wird der erste Kanal.</translation>
        </message>
        <message>
            <source>Raster of synthetic pixels.</source>
            <translation>Raster synthetischer Pixel.</translation>
        </message>
        <message>
            <source>Raster of synthetic pixels: tiles side by side, or a seamless area.</source>
            <translation>Raster synthetischer Pixel: Kacheln nebeneinander, oder eine nahtlose Fläche.</translation>
        </message>
        <message>
            <source>Raster of the first date; the result lies on its grid.</source>
            <translation>Raster des ersten Zeitpunkts; das Ergebnis liegt auf seinem Gitter.</translation>
        </message>
        <message>
            <source>Raster of the second date.</source>
            <translation>Raster des zweiten Zeitpunkts.</translation>
        </message>
        <message>
            <source>Raster or polygons of places known not to have changed; then only pixels in either reference count.</source>
            <translation>Raster oder Polygone von Orten, die sich bekanntlich nicht verändert haben; dann zählen nur Pixel in einer der beiden Referenzen.</translation>
        </message>
        <message>
            <source>Raster or polygons of true change: nonzero is change.</source>
            <translation>Raster oder Polygone wahrer Veränderung: Ungleich null ist Veränderung.</translation>
        </message>
        <message>
            <source>Raster or polygons that mark what is missing besides, such as clouds. Of a raster all but 0 is missing, or what MASK_VALUES names.</source>
            <translation>Raster oder Polygone, die markieren, was außerdem fehlt, etwa Wolken. In einem Raster fehlt alles außer 0, oder was MASK_VALUES nennt.</translation>
        </message>
        <message>
            <source>Raster or polygons, nonzero where pixels are to be left out.</source>
            <translation>Raster oder Polygone, ungleich null, wo Pixel ausgelassen werden.</translation>
        </message>
        <message>
            <source>Raster that is nonzero where the first date is to be ignored, such as clouds.</source>
            <translation>Raster, das ungleich null ist, wo der erste Zeitpunkt außer Acht bleibt, etwa bei Wolken.</translation>
        </message>
        <message>
            <source>Raster that is nonzero where the second date is to be ignored.</source>
            <translation>Raster, das ungleich null ist, wo der zweite Zeitpunkt außer Acht bleibt.</translation>
        </message>
        <message>
            <source>Raster with gaps. What is missing is its nodata, and what the mask marks.</source>
            <translation>Raster mit Lücken. Es fehlt, was ohne Daten ist, und was die Maske markiert.</translation>
        </message>
        <message>
            <source>Raster: nonzero is change, nodata is left out.</source>
            <translation>Raster: Ungleich null ist Veränderung, Nodata bleibt aus.</translation>
        </message>
        <message>
            <source>Rasters</source>
            <translation>Raster</translation>
        </message>
        <message>
            <source>Rasters of one band layout; tiles are cut from them at random where all bands are valid.</source>
            <translation>Raster mit gleichen Kanälen; Kacheln werden zufällig daraus geschnitten, wo alle Kanäle gültig sind.</translation>
        </message>
        <message>
            <source>Rasters of the first date, one for each pair.</source>
            <translation>Raster des ersten Zeitpunkts, eines je Paar.</translation>
        </message>
        <message>
            <source>Rasters of the same place from which pixels follow: other dates, or other layers. Any grid and bands; they may have gaps of their own.</source>
            <translation>Raster desselben Ortes, aus denen Pixel folgen: andere Zeitpunkte oder andere Ebenen. Gitter und Kanäle beliebig; sie dürfen eigene Lücken haben.</translation>
        </message>
        <message>
            <source>Rasters of the second date, in the same order as those of the first.</source>
            <translation>Raster des zweiten Zeitpunkts, in derselben Reihenfolge wie die des ersten.</translation>
        </message>
        <message>
            <source>Rasters smaller than a tile of {} px are left out: {}.</source>
            <translation>Raster, die kleiner als eine Kachel zu {} px sind, entfallen: {}.</translation>
        </message>
        <message>
            <source>Rasters that are nonzero where a date is to be ignored, such as clouds. Each belongs to the raster whose date its name tells; without dates in their names there is one for each raster, in the same order.</source>
            <translation>Raster, die ungleich null sind, wo ein Datum nicht zählen soll, etwa Wolken. Jedes gehört zu dem Raster, dessen Datum sein Name nennt; ohne Daten in den Namen gibt es eines für jedes Raster, in derselben Reihenfolge.</translation>
        </message>
        <message>
            <source>Rasters that hide pixels of the training rasters, such as clouds: one for each of them, in the same order.</source>
            <translation>Raster, die Pixel der Trainingsraster verdecken, etwa Wolken: eines für jedes, in derselben Reihenfolge.</translation>
        </message>
        <message>
            <source>Ratio</source>
            <translation>Verhältnis</translation>
        </message>
        <message>
            <source>Reading block</source>
            <translation>Leseblock</translation>
        </message>
        <message>
            <source>Real</source>
            <translation>Echt</translation>
        </message>
        <message>
            <source>Real (floor)</source>
            <translation>Echte (Boden)</translation>
        </message>
        <message>
            <source>Real rasters</source>
            <translation>Echte Raster</translation>
        </message>
        <message>
            <source>Real rasters of the same bands, better not those that the model was trained on.</source>
            <translation>Echte Raster mit denselben Kanälen, besser nicht jene, mit denen das Modell trainiert wurde.</translation>
        </message>
        <message>
            <source>Real tiles that are furthest from any synthetic one</source>
            <translation>Echte Kacheln, die von jeder synthetischen am weitesten entfernt sind</translation>
        </message>
        <message>
            <source>Real tiles, in the same colours</source>
            <translation>Echte Kacheln, in denselben Farben</translation>
        </message>
        <message>
            <source>Recall</source>
            <translation>Trefferquote</translation>
        </message>
        <message>
            <source>Recall of change</source>
            <translation>Trefferquote der Veränderung</translation>
        </message>
        <message>
            <source>Recall of change on the validation part</source>
            <translation>Trefferquote der Veränderung am Prüfteil</translation>
        </message>
        <message>
            <source>Reference</source>
            <translation>Referenz</translation>
        </message>
        <message>
            <source>Reference of no change</source>
            <translation>Referenz des Unveränderten</translation>
        </message>
        <message>
            <source>Repeats</source>
            <translation>Wiederholungen</translation>
        </message>
        <message>
            <source>Report of the comparison</source>
            <translation>Bericht über den Vergleich</translation>
        </message>
        <message>
            <source>Report on the tiles</source>
            <translation>Bericht über die Kacheln</translation>
        </message>
        <message>
            <source>Resample rasters onto the grid of the earliest where they differ. Without a detector, blur and a shift of less than a pixel between two dates are matched too, by a filter of 3 x 3 px.</source>
            <translation>Raster auf das Gitter des frühesten umrechnen, wo sie sich unterscheiden. Ohne Detektor werden auch Unschärfe und ein Versatz von weniger als einem Pixel zwischen zwei Daten angeglichen, durch einen Filter von 3 x 3 px.</translation>
        </message>
        <message>
            <source>Resample the second raster onto the grid of the first where they differ. Without a detector, blur and a shift of less than a pixel between the dates are matched too, by a filter of 3 x 3 px.</source>
            <translation>Das zweite Raster auf das Gitter des ersten umrechnen, wo sie verschieden sind. Ohne Detektor werden auch Unschärfe und eine Verschiebung von weniger als einem Pixel zwischen den Zeitpunkten angeglichen, mit einem Filter von 3 x 3 px.</translation>
        </message>
        <message>
            <source>Resampled to pixels of {} by {}: {}.</source>
            <translation>Umgerechnet auf Pixel von {} mal {}: {}.</translation>
        </message>
        <message>
            <source>Resampling</source>
            <translation>Resampling</translation>
        </message>
        <message>
            <source>Residual blocks</source>
            <translation>Residualblöcke</translation>
        </message>
        <message>
            <source>Residual blocks at each level.</source>
            <translation>Residualblöcke auf jeder Stufe.</translation>
        </message>
        <message>
            <source>Restoration</source>
            <translation>Wiederherstellung</translation>
        </message>
        <message>
            <source>Rightly left alone (true negative)</source>
            <translation>Zu Recht unverändert (richtig negativ)</translation>
        </message>
        <message>
            <source>Roles of the bands</source>
            <translation>Rollen der Kanäle</translation>
        </message>
        <message>
            <source>Row</source>
            <translation>Zeile</translation>
        </message>
        <message>
            <source>Run it again to mend the environment.</source>
            <translation>Führen Sie es noch einmal aus, um die Umgebung zu reparieren.</translation>
        </message>
        <message>
            <source>Run it once. It takes minutes and 1.3 GB of disk for processors, 7 GB for NVIDIA cards. Running it again mends an environment that was left half-made, or updates it. On a machine without network, bring the packages as a folder of wheels; proxies, mirrors and certificates are those that pip is configured with.</source>
            <translation>Einmal ausführen genügt. Es braucht Minuten und 1,3 GB Platz für Prozessoren, 7 GB für NVIDIA-Karten. Noch einmal ausgeführt, repariert es eine halb fertige Umgebung oder aktualisiert sie. Auf einem Rechner ohne Netzwerk bringen Sie die Pakete als Ordner mit Wheels mit; Proxys, Spiegel und Zertifikate sind die, auf die pip eingestellt ist.</translation>
        </message>
        <message>
            <source>SAMPLER is {}, but {} was {}tuned for few calls. Leave SAMPLER empty.</source>
            <translation>SAMPLER ist {0}, aber {1} ist nicht dafür gemacht. Lassen Sie SAMPLER leer.</translation>
        </message>
        <message>
            <source>SAMPLE_LABELS {}</source>
            <translation>SAMPLE_LABELS {}</translation>
        </message>
        <message>
            <source>SCHEDULE {} from {} to {} over {} steps does not rise to a finite noise level. Change BETA_START, BETA_END or SCHEDULE_STEPS.</source>
            <translation>SCHEDULE {} von {} bis {} über {} Schritte steigt nicht auf eine endliche Rauschstufe. Ändern Sie BETA_START, BETA_END oder SCHEDULE_STEPS.</translation>
        </message>
        <message>
            <source>SOURCE has nothing to draw from: {}. Choose other rasters.</source>
            <translation>SOURCE hat nichts, woraus zu ziehen wäre: {}. Wählen Sie andere Raster.</translation>
        </message>
        <message>
            <source>SOURCE is drawn from</source>
            <translation>aus SOURCE wird gezogen</translation>
        </message>
        <message>
            <source>SPECTRUM_DISTANCE of real tiles against other real ones, at the same count</source>
            <translation>SPECTRUM_DISTANCE echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>STATISTICS: the layer '{}' holds no polygons. Choose a polygon layer.</source>
            <translation>STATISTICS: Der Layer '{}' enthält keine Polygone. Wählen Sie einen Polygonlayer.</translation>
        </message>
        <message>
            <source>STRUCTURE of real tiles against other real ones, at the same count</source>
            <translation>STRUCTURE echter Kacheln gegen andere echte, bei gleicher Anzahl</translation>
        </message>
        <message>
            <source>Sample georeferenced synthetic tiles, or one seamless synthetic area, from a trained model or from imagery.</source>
            <translation>Georeferenzierte synthetische Kacheln oder eine nahtlose synthetische Fläche aus einem trainierten Modell oder aus Bildmaterial ziehen.</translation>
        </message>
        <message>
            <source>Sample synthetic tiles</source>
            <translation>Synthetische Kacheln ziehen</translation>
        </message>
        <message>
            <source>Sample tiles of the model{}</source>
            <translation>Beispielkacheln des Modells{}</translation>
        </message>
        <message>
            <source>Sample to be labelled</source>
            <translation>Stichprobe zum Bestimmen</translation>
        </message>
        <message>
            <source>Sampler</source>
            <translation>Ziehverfahren</translation>
        </message>
        <message>
            <source>Save the sample to a file before you label it: a temporary layer is gone when QGIS is closed.</source>
            <translation>Speichern Sie die Stichprobe in eine Datei, bevor Sie sie bestimmen: Ein temporärer Layer ist weg, wenn QGIS geschlossen wird.</translation>
        </message>
        <message>
            <source>Says whether the other algorithms can run, and with what: the Python they use, its versions of torch and rasterio, the devices on which a small computation worked, and the free memory.</source>
            <translation>Sagt, ob die anderen Algorithmen laufen können, und womit: das Python, das sie benutzen, seine Versionen von torch und rasterio, die Geräte, auf denen eine kleine Rechnung gelang, und der freie Speicher.</translation>
        </message>
        <message>
            <source>Scaling: lowest is -1 and highest 1 for the network</source>
            <translation>Skalierung: das Niedrigste ist für das Netz -1, das Höchste 1</translation>
        </message>
        <message>
            <source>Scene</source>
            <translation>Szene</translation>
        </message>
        <message>
            <source>Scheduler</source>
            <translation>Scheduler</translation>
        </message>
        <message>
            <source>Score of change, 0 to 1; with a detector, the probability of change.</source>
            <translation>Veränderungswert, 0 bis 1; mit einem Detektor die Wahrscheinlichkeit der Veränderung.</translation>
        </message>
        <message>
            <source>Scores are averaged over so many draws of noise.</source>
            <translation>Die Werte werden über so viele Rauschziehungen gemittelt.</translation>
        </message>
        <message>
            <source>Scores are computed by the workers of a Dask scheduler, tcp://HOST:PORT, or by several processes of this machine, such as local:4. It does not change the result. Needs the package distributed.</source>
            <translation>Die Werte werden von den Workern eines Dask-Schedulers berechnet, tcp://HOST:PORT, oder von mehreren Prozessen dieses Rechners, etwa local:4. Am Ergebnis ändert das nichts. Braucht das Paket distributed.</translation>
        </message>
        <message>
            <source>Scores without a trained detector are no calibrated probabilities. The automatic threshold measured well on many scenes; where it does not suit, say in FALSE_ALARMS which share of unchanged pixels may be called changed, or look at the probability raster and set the threshold yourself. Its layer has a second style, 'Change from a threshold' (right click &gt; Styles), in which the first value is the threshold and the map follows it; 'Apply threshold' then makes mask and polygons anew without another detection.</source>
            <translation>Ergebnisse ohne trainierten Detektor sind keine geeichten Wahrscheinlichkeiten. Die automatische Schwelle hat sich an vielen Szenen bewährt; wo sie nicht passt, geben Sie mit FALSE_ALARMS an, welcher Anteil unveränderter Pixel als verändert gelten darf, oder sehen Sie die Wahrscheinlichkeit an und setzen die Schwelle selbst. Ihr Layer hat einen zweiten Stil, 'Veränderung ab einer Schwelle' (Rechtsklick &gt; Stile), in dem der erste Wert die Schwelle ist und die Karte ihm folgt; 'Schwelle anwenden' macht dann Maske und Polygone neu, ohne noch einmal zu erkennen.</translation>
        </message>
        <message>
            <source>Seconds per tile</source>
            <translation>Sekunden je Kachel</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Startwert</translation>
        </message>
        <message>
            <source>Seed of the split</source>
            <translation>Startwert der Aufteilung</translation>
        </message>
        <message>
            <source>Self-conditioning</source>
            <translation>Selbstbedingung</translation>
        </message>
        <message>
            <source>Set up environment</source>
            <translation>Umgebung einrichten</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Settings that were compared</source>
            <translation>Einstellungen, die verglichen wurden</translation>
        </message>
        <message>
            <source>Several GPUs share a training on the command line: `torchrun --nproc-per-node=2 -m qgis_ddpm run job.yaml` gives the result of one process with the same batch. (Tested on processors; not yet measured on GPUs.)</source>
            <translation>Mehrere Grafikkarten teilen sich ein Training auf der Befehlszeile: `torchrun --nproc-per-node=2 -m qgis_ddpm run job.yaml` gibt dasselbe Ergebnis wie ein Prozess mit demselben Batch. (Auf Prozessoren geprüft; auf Grafikkarten noch nicht gemessen.)</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Anteil</translation>
        </message>
        <message>
            <source>Share for validation</source>
            <translation>Anteil zur Prüfung</translation>
        </message>
        <message>
            <source>Share nearer to training imagery than 95 % of unseen real tiles: 0.05 is chance, 1 copies.</source>
            <translation>Anteil näher an Trainingsbildern als 95 % ungesehener echter Kacheln: 0,05 ist Zufall, 1 Kopien.</translation>
        </message>
        <message>
            <source>Share of activations dropped in training.</source>
            <translation>Anteil der Aktivierungen, die im Training ausfallen.</translation>
        </message>
        <message>
            <source>Share of real tiles that lie among synthetic ones: low where some kinds of tile are never made.</source>
            <translation>Anteil echter Kacheln, die unter synthetischen liegen: niedrig, wo manche Arten nie erzeugt werden.</translation>
        </message>
        <message>
            <source>Share of real tiles that synthetic ones come close to</source>
            <translation>Anteil der echten Kacheln, denen synthetische nahe kommen</translation>
        </message>
        <message>
            <source>Share of real tiles with a synthetic one nearby</source>
            <translation>Anteil der echten Kacheln mit einer synthetischen in der Nähe</translation>
        </message>
        <message>
            <source>Share of real tiles with a synthetic one nearby: low where variety is missing.</source>
            <translation>Anteil echter Kacheln mit einer synthetischen in der Nähe: niedrig, wo Vielfalt fehlt.</translation>
        </message>
        <message>
            <source>Share of synthetic tiles that lie among real ones: low where tiles are blurred, noisy or odd.</source>
            <translation>Anteil synthetischer Kacheln, die unter echten liegen: niedrig, wo Kacheln unscharf, verrauscht oder seltsam sind.</translation>
        </message>
        <message>
            <source>Share of synthetic tiles that lie closer to a training tile than 95 % of unseen real ones do</source>
            <translation>Anteil der synthetischen Kacheln, die näher an einer Trainingskachel liegen als 95 % der ungesehenen echten</translation>
        </message>
        <message>
            <source>Share of synthetic tiles that look like real ones</source>
            <translation>Anteil der synthetischen Kacheln, die wie echte aussehen</translation>
        </message>
        <message>
            <source>Share of that kind</source>
            <translation>Anteil dieser Art</translation>
        </message>
        <message>
            <source>Share of the area that changed</source>
            <translation>Anteil der veränderten Fläche</translation>
        </message>
        <message>
            <source>Share of the area that is kept for choosing the best weights, the threshold and the figures. Not used where the folder says what is for validation, or where each head leaves other pairs out.</source>
            <translation>Anteil der Fläche, der für die Wahl der besten Gewichte, die Schwelle und die Kennzahlen zurückbehalten wird. Ohne Wirkung, wo der Ordner sagt, was zur Prüfung dient, oder wo jeder Kopf andere Paare auslässt.</translation>
        </message>
        <message>
            <source>Share of the area, or of the images, that is kept for validation.</source>
            <translation>Anteil der Fläche oder der Bilder, der zur Prüfung zurückbehalten wird.</translation>
        </message>
        <message>
            <source>Share of the valid area that changed at least once, 0 to 1</source>
            <translation>Anteil der gültigen Fläche, der sich mindestens einmal verändert hat, 0 bis 1</translation>
        </message>
        <message>
            <source>Share of tiles of which the model is told nothing in training, so that it can also draw unasked, and be led further towards what is asked for (GUIDANCE_SCALE of 'Sample synthetic tiles').</source>
            <translation>Anteil der Kacheln, von denen dem Modell im Training nichts gesagt wird, damit es auch unverlangt ziehen und weiter zum Verlangten geführt werden kann (GUIDANCE_SCALE von „Synthetische Kacheln ziehen“).</translation>
        </message>
        <message>
            <source>Share of unchanged pixels that may be called changed at least once in the whole series, such as 0.01. The threshold of each pair of dates is then taken from the distances of those of its pixels that seem unchanged, for the part of the share that is its own.</source>
            <translation>Anteil unveränderter Pixel, die in der ganzen Reihe mindestens einmal verändert heißen dürfen, etwa 0,01. Der Schwellenwert jedes Paars von Daten wird dann aus den Abständen derjenigen seiner Pixel genommen, die unverändert scheinen, für seinen eigenen Teil des Anteils.</translation>
        </message>
        <message>
            <source>Share of unchanged pixels that may be called changed, such as 0.01. The threshold is then taken from the distances of those pixels of the pair that seem unchanged.</source>
            <translation>Anteil der unveränderten Pixel, der als verändert gelten darf, etwa 0.01. Die Schwelle folgt dann aus den Abständen der Pixel des Paares, die unverändert scheinen.</translation>
        </message>
        <message>
            <source>Share told nothing</source>
            <translation>Anteil ohne Angabe</translation>
        </message>
        <message>
            <source>Shift of noise levels</source>
            <translation>Verschiebung der Rauschstufen</translation>
        </message>
        <message>
            <source>Shipped study</source>
            <translation>Mitgelieferte Studie</translation>
        </message>
        <message>
            <source>Show the network its last estimate too (Chen et al. 2022); slower in training by a quarter.</source>
            <translation>Dem Netz auch seine letzte Schätzung zeigen (Chen et al. 2022); im Training um ein Viertel langsamer.</translation>
        </message>
        <message>
            <source>Side of a tile from SOURCE; a model has its own.</source>
            <translation>Seitenlänge einer Kachel aus SOURCE; ein Modell hat seine eigene.</translation>
        </message>
        <message>
            <source>Side of a training tile.</source>
            <translation>Seitenlänge einer Trainingskachel.</translation>
        </message>
        <message>
            <source>Side of the blocks that the interval is drawn from; larger than the objects.</source>
            <translation>Seitenlänge der Blöcke, aus denen das Intervall gezogen wird; größer als die Objekte.</translation>
        </message>
        <message>
            <source>Side of the squares of a raster that are kept for validation as a whole. Trainings with tiles of other sizes compare where this is the same: twice the largest of them.</source>
            <translation>Seite der Quadrate eines Rasters, die als Ganzes zur Prüfung zurückbehalten werden. Trainings mit Kacheln anderer Größen sind vergleichbar, wenn sie gleich ist: das Doppelte der größten.</translation>
        </message>
        <message>
            <source>Side of the tiles that are compared.</source>
            <translation>Seitenlänge der Kacheln, die verglichen werden.</translation>
        </message>
        <message>
            <source>Sigmas, noise over signal, at which features are read, such as 0.079,0.159,0.701. A detector has its own.</source>
            <translation>Sigmas, Rauschen durch Signal, bei denen Merkmale gelesen werden, etwa 0.079,0.159,0.701. Ein Detektor hat seine eigenen.</translation>
        </message>
        <message>
            <source>Sigmas, noise over signal, at which the model reads the dates, such as 0.079,0.159,0.701. Each costs a pass of the network over both dates.</source>
            <translation>Sigma, Rauschen zu Signal, bei dem das Modell die Zeitpunkte liest, etwa 0.079,0.159,0.701. Jedes kostet einen Durchgang des Netzes durch beide Zeitpunkte.</translation>
        </message>
        <message>
            <source>Single bands</source>
            <translation>Einzelne Kanäle</translation>
        </message>
        <message>
            <source>Size of a pixel in units of the CRS, one for all bands.</source>
            <translation>Größe eines Pixels in Einheiten des KBS, eine für alle Kanäle.</translation>
        </message>
        <message>
            <source>Size of a pixel in units of the CRS.</source>
            <translation>Größe eines Pixels in Einheiten des KBS.</translation>
        </message>
        <message>
            <source>Sizes in px of the levels with self-attention, such as 8,16; 0 for none.</source>
            <translation>Größen in px der Stufen mit Self-Attention, etwa 8,16; 0 für keine.</translation>
        </message>
        <message>
            <source>Smaller patches of change are dropped.</source>
            <translation>Kleinere veränderte Flecken fallen weg.</translation>
        </message>
        <message>
            <source>Smallest change</source>
            <translation>Kleinste Veränderung</translation>
        </message>
        <message>
            <source>So many kinds of change are found by clustering how bands changed, instead of by rules.</source>
            <translation>So viele Arten der Veränderung werden durch Cluster dessen gefunden, wie die Kanäle sich verändert haben, statt durch Regeln.</translation>
        </message>
        <message>
            <source>So many rasters that could be, each as likely as the others, go to DRAWS_FOLDER.</source>
            <translation>So viele mögliche Raster, jedes so wahrscheinlich wie die anderen, gehen nach DRAWS_FOLDER.</translation>
        </message>
        <message>
            <source>So many tiles are read once, half of them with change, and kept for the whole training: as features, or for the heads topdown and siamese as they are, and altered anew at each step.</source>
            <translation>So viele Kacheln werden einmal gelesen, die Hälfte davon mit Veränderung, und für das ganze Training behalten: als Merkmale oder, für die Köpfe topdown und siamese, wie sie sind und bei jedem Schritt neu abgewandelt.</translation>
        </message>
        <message>
            <source>So many tiles of each kind are taken at most, at random.</source>
            <translation>Höchstens so viele Kacheln jeder Art werden genommen, zufällig.</translation>
        </message>
        <message>
            <source>Source rasters</source>
            <translation>Quellraster</translation>
        </message>
        <message>
            <source>Sources: Bandara et al. 2022 (ddpm-cd); Saharia et al. 2021 (SR3).</source>
            <translation>Quellen: Bandara et al. 2022 (ddpm-cd); Saharia et al. 2021 (SR3).</translation>
        </message>
        <message>
            <source>Sources: Binkowski et al. 2018 (KID), Heusel et al. 2017 (FD), Naeem et al. 2020 (density, coverage), Holm 1979.</source>
            <translation>Quellen: Binkowski u. a. 2018 (KID), Heusel u. a. 2017 (FD), Naeem u. a. 2020 (Dichte, Abdeckung), Holm 1979.</translation>
        </message>
        <message>
            <source>Sources: Binkowski et al. 2018 (KID); Heusel et al. 2017 (Frechet distance); Kynkaanniemi et al. 2019 (precision, recall); Naeem et al. 2020 (density, coverage); Yoon et al. 2023 (copies).</source>
            <translation>Quellen: Binkowski et al. 2018 (KID); Heusel et al. 2017 (Fréchet-Abstand); Kynkaanniemi et al. 2019 (Präzision, Trefferquote); Naeem et al. 2020 (Dichte, Abdeckung); Yoon et al. 2023 (Kopien).</translation>
        </message>
        <message>
            <source>Sources: Chen et al. 2011 and Zhu et al. 2012 (regression from neighbourhoods of other dates, residuals interpolated); Matheron 1963 (kriging); Wolpert 1992 (weights from what was held out); Mardani et al. 2023 and Meng et al. 2022 (diffusion of what a regression leaves, begun from a fill).</source>
            <translation>Quellen: Chen et al. 2011 und Zhu et al. 2012 (Regression aus Nachbarschaften anderer Zeitpunkte, Residuen interpoliert); Matheron 1963 (Kriging); Wolpert 1992 (Gewichte aus dem Zurückgehaltenen); Mardani et al. 2023 und Meng et al. 2022 (Diffusion dessen, was eine Regression lässt, begonnen bei einer Füllung).</translation>
        </message>
        <message>
            <source>Sources: Gedara Chaminda Bandara et al. 2022 (ddpm-cd); Daudt et al. 2018 (differences in siamese networks); Platt 1999 (calibration).</source>
            <translation>Quellen: Gedara Chaminda Bandara et al. 2022 (ddpm-cd); Daudt et al. 2018 (Differenzen in siamesischen Netzen); Platt 1999 (Eichung).</translation>
        </message>
        <message>
            <source>Sources: Ho et al. 2020 (DDPM); Karras et al. 2022 (EDM); Nichol and Dhariwal 2021 (cosine schedule); Song et al. 2023 (few calls).</source>
            <translation>Quellen: Ho et al. 2020 (DDPM); Karras et al. 2022 (EDM); Nichol und Dhariwal 2021 (Kosinusplan); Song et al. 2023 (wenige Aufrufe).</translation>
        </message>
        <message>
            <source>Sources: Ho et al. 2020 (ddpm); Song et al. 2021 (ddim); Karras et al. 2022 (heun); Lu et al. 2022 (dpmpp_2m); Song et al. 2023 (consistency); Ho and Salimans 2022 (guidance scale); Kamb and Ganguli 2024, Lefebvre and Hoppe 2006 (source rasters).</source>
            <translation>Quellen: Ho et al. 2020 (ddpm); Song et al. 2021 (ddim); Karras et al. 2022 (heun); Lu et al. 2022 (dpmpp_2m); Song et al. 2023 (consistency); Ho und Salimans 2022 (Stärke der Führung); Kamb und Ganguli 2024, Lefebvre und Hoppe 2006 (Quellraster).</translation>
        </message>
        <message>
            <source>Sources: Nielsen 2007 (irmad); Malila 1980 (cva); Gedara Chaminda Bandara et al. 2022 (features of diffusion models).</source>
            <translation>Quellen: Nielsen 2007 (irmad); Malila 1980 (cva); Gedara Chaminda Bandara et al. 2022 (Merkmale von Diffusionsmodellen).</translation>
        </message>
        <message>
            <source>Sources: Nielsen 2007 (irmad); Malila 1980 (cva); Sidak 1967 (thresholds for several tests).</source>
            <translation>Quellen: Nielsen 2007 (irmad); Malila 1980 (cva); Šidák 1967 (Schwellenwerte für mehrere Tests).</translation>
        </message>
        <message>
            <source>Split by kind</source>
            <translation>Nach Arten teilen</translation>
        </message>
        <message>
            <source>Spread</source>
            <translation>Streuung</translation>
        </message>
        <message>
            <source>Stack scene</source>
            <translation>Szene stapeln</translation>
        </message>
        <message>
            <source>Stacked scene</source>
            <translation>Gestapelte Szene</translation>
        </message>
        <message>
            <source>Standard deviation of the score over noise draws; takes four draws where one is asked for.</source>
            <translation>Standardabweichung des Wertes über Rauschziehungen; nimmt vier Ziehungen, wo eine verlangt ist.</translation>
        </message>
        <message>
            <source>Standard error</source>
            <translation>Standardfehler</translation>
        </message>
        <message>
            <source>Start from model</source>
            <translation>Von einem Modell ausgehen</translation>
        </message>
        <message>
            <source>Start with the preset small, or tiny for a first look in minutes, and leave the rest as it is. Give either a length in tiles or in minutes. Cancel saves the model as far as it got; with an experiment folder, the same settings go on later where they stopped.</source>
            <translation>Beginnen Sie mit der Voreinstellung small, oder mit tiny für einen ersten Blick nach Minuten, und lassen Sie den Rest, wie er ist. Geben Sie die Länge in Kacheln oder in Minuten an. Abbrechen speichert das Modell, so weit es kam; mit einem Experimentordner machen dieselben Einstellungen später dort weiter, wo sie aufgehört haben.</translation>
        </message>
        <message>
            <source>Starting from {}: the weights of {} are kept</source>
            <translation>Beginn mit {}: die Gewichte von {} bleiben</translation>
        </message>
        <message>
            <source>Statistics of the polygons</source>
            <translation>Statistik der Polygone</translation>
        </message>
        <message>
            <source>Step size of the optimizer.</source>
            <translation>Schrittweite des Optimierers.</translation>
        </message>
        <message>
            <source>Step size of the optimizer; HEAD linear takes eight times as much, topdown and siamese two thirds.</source>
            <translation>Schrittweite des Optimierers; HEAD linear nimmt das Achtfache, topdown und siamese zwei Drittel.</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>Steps of the schedule</source>
            <translation>Schritte des Plans</translation>
        </message>
        <message>
            <source>Stop after each head has seen so many tiles.</source>
            <translation>Aufhören, wenn jeder Kopf so viele Kacheln gesehen hat.</translation>
        </message>
        <message>
            <source>Stop after so many minutes of training; reading and features come before.</source>
            <translation>Nach so vielen Minuten Training aufhören; Lesen und Merkmale kommen vorher.</translation>
        </message>
        <message>
            <source>Stop after so many tiles were seen.</source>
            <translation>Aufhören, wenn so viele Kacheln gesehen wurden.</translation>
        </message>
        <message>
            <source>Stop after so much time.</source>
            <translation>Nach so viel Zeit aufhören.</translation>
        </message>
        <message>
            <source>Stop early</source>
            <translation>Früh aufhören</translation>
        </message>
        <message>
            <source>Stop where the validation loss has not fallen for so many tiles, and take the weights of its lowest. It is measured four times in that span.</source>
            <translation>Aufhören, wo der Prüfverlust über so viele Kacheln nicht gesunken ist, und die Gewichte seines Tiefsts nehmen. In dieser Spanne wird er viermal gemessen.</translation>
        </message>
        <message>
            <source>Stopping: the worker saves what is worth keeping.</source>
            <translation>Anhalten: der Arbeitsprozess speichert, was sich zu behalten lohnt.</translation>
        </message>
        <message>
            <source>Stratified estimators of Olofsson et al. 2014 (Remote Sensing of Environment 148: 42-57). The interval of the area joins Jeffreys' intervals of the strata (MOVER), which also cover where errors are rare; the normal one of eq. 11 is {} to {}. Intervals of the figures of change are drawn from the same distributions. None of them knows how good the labels are.</source>
            <translation>Stratifizierte Schätzer nach Olofsson et al. 2014 (Remote Sensing of Environment 148: 42-57). Das Intervall der Fläche verbindet Jeffreys-Intervalle der Schichten (MOVER), die auch gelten, wo Fehler selten sind; das normale nach Gl. 11 reicht von {} bis {}. Die Intervalle der Kennzahlen sind aus denselben Verteilungen gezogen. Keines weiß, wie gut die Angaben sind.</translation>
        </message>
        <message>
            <source>Stratum near change</source>
            <translation>Schicht um die Änderungen</translation>
        </message>
        <message>
            <source>Stratum of the map</source>
            <translation>Schicht der Karte</translation>
        </message>
        <message>
            <source>Strength of noise that is constant over a tile and band, in parts of the noise.</source>
            <translation>Stärke des Rauschens, das über Kachel und Kanal gleich ist, in Teilen des Rauschens.</translation>
        </message>
        <message>
            <source>Such as 0.001,0.002.</source>
            <translation>Etwa 0.001,0.002.</translation>
        </message>
        <message>
            <source>Such as 50,100,500: fewer images are among more, and none of them is judged by.</source>
            <translation>Etwa 50,100,500: Wenigere sind unter mehreren enthalten, und an keinem davon wird gemessen.</translation>
        </message>
        <message>
            <source>Synthesis</source>
            <translation>Synthese</translation>
        </message>
        <message>
            <source>Synthetic</source>
            <translation>Synthetisch</translation>
        </message>
        <message>
            <source>Synthetic and real</source>
            <translation>Synthetisch und echt</translation>
        </message>
        <message>
            <source>Synthetic tiles</source>
            <translation>Synthetische Kacheln</translation>
        </message>
        <message>
            <source>Synthetic tiles compared with real ones</source>
            <translation>Synthetische Kacheln im Vergleich mit echten</translation>
        </message>
        <message>
            <source>Synthetic tiles that are furthest from any real one</source>
            <translation>Synthetische Kacheln, die von jeder echten am weitesten entfernt sind</translation>
        </message>
        <message>
            <source>THRESHOLD is that of the detection, {}.</source>
            <translation>THRESHOLD ist die der Erkennung, {}.</translation>
        </message>
        <message>
            <source>TILES and TILES_FOLDER are both empty. Choose a raster or a folder of synthetic tiles.</source>
            <translation>TILES und TILES_FOLDER sind beide leer. Wählen Sie ein Raster oder einen Ordner synthetischer Kacheln.</translation>
        </message>
        <message>
            <source>TILE_PX belongs to SOURCE: a model has its own. Leave it empty.</source>
            <translation>TILE_PX gehört zu SOURCE: ein Modell hat sein eigenes. Lassen Sie es leer.</translation>
        </message>
        <message>
            <source>TRAINING holds no tile of {} px. Choose the imagery that the model was trained on.</source>
            <translation>TRAINING enthält keine Kachel zu {} px. Wählen Sie die Bilder, auf denen das Modell trainiert wurde.</translation>
        </message>
        <message>
            <source>Take a whole copy of the publisher's file of weights, *_gen.pth.</source>
            <translation>Nehmen Sie eine vollständige Kopie der veröffentlichten Gewichtsdatei, *_gen.pth.</translation>
        </message>
        <message>
            <source>Teach the model of INIT_MODEL to draw with 2 calls of its network what it draws with 20 (consistency distillation, Song et al. 2023). Choose the inputs that it was trained on.</source>
            <translation>Das Modell aus INIT_MODEL lehren, mit 2 Aufrufen seines Netzes zu zeichnen, was es mit 20 zeichnet (Konsistenz-Destillation, Song et al. 2023). Die Eingaben wählen, mit denen es trainiert wurde.</translation>
        </message>
        <message>
            <source>Tells how well synthetic tiles match real ones: whether they look alike, whether they are as varied, and whether they are copies of the training imagery. It works for any bands and downloads nothing: a small network learns on the real tiles at hand, in about a minute, what sets tiles apart.</source>
            <translation>Sagt, wie gut synthetische Kacheln zu echten passen: ob sie gleich aussehen, ob sie ebenso vielfältig sind, und ob sie Kopien der Trainingsbilder sind. Es geht mit beliebigen Kanälen und lädt nichts herunter: Ein kleines Netz lernt an den vorhandenen echten Kacheln in etwa einer Minute, was Kacheln unterscheidet.</translation>
        </message>
        <message>
            <source>Template raster</source>
            <translation>Vorlageraster</translation>
        </message>
        <message>
            <source>Ten minutes on a few hundred figures give shapes of which most can be read.</source>
            <translation>Zehn Minuten auf einigen hundert Ziffern ergeben Formen, von denen die meisten lesbar sind.</translation>
        </message>
        <message>
            <source>Ten minutes on a processor give land cover with the right colours and textures where the scenes are of one kind. Of scenes of many kinds an hour gives colours, patches and edges; streets take a GPU or days.</source>
            <translation>Zehn Minuten auf einem Prozessor ergeben Landbedeckung mit richtigen Farben und Texturen, wo die Szenen von einer Art sind. Von Szenen vieler Arten ergibt eine Stunde Farben, Flecken und Kanten; Straßen brauchen eine GPU oder Tage.</translation>
        </message>
        <message>
            <source>The CRS of {}</source>
            <translation>Das KBS von {}</translation>
        </message>
        <message>
            <source>The Python to check.</source>
            <translation>Das Python, das geprüft wird.</translation>
        </message>
        <message>
            <source>The algorithms of DDPM need a Python environment of their own, outside QGIS's.</source>
            <translation>Die Algorithmen von DDPM brauchen eine eigene Python-Umgebung, außerhalb der von QGIS.</translation>
        </message>
        <message>
            <source>The area {} does not touch the raster, which covers {}. Choose an area inside it.</source>
            <translation>Die Fläche {} berührt das Raster nicht, das {} abdeckt. Wählen Sie eine Fläche darin.</translation>
        </message>
        <message>
            <source>The bands of {} are matched by their names: {} are compared.</source>
            <translation>Die Kanäle von {} werden nach Namen zugeordnet: {} werden verglichen.</translation>
        </message>
        <message>
            <source>The bands of {} are matched to those of {} by their names.</source>
            <translation>Die Kanäle von {} werden denen von {} nach Namen zugeordnet.</translation>
        </message>
        <message>
            <source>The card of {} does not fit its format ({}). Take a whole copy.</source>
            <translation>Die Karte von {} passt nicht zu ihrem Format ({}). Nehmen Sie eine vollständige Kopie.</translation>
        </message>
        <message>
            <source>The card of {} has unknown entries: {}. Update qgis_ddpm.</source>
            <translation>Die Karte von {} hat unbekannte Einträge: {}. Aktualisieren Sie qgis_ddpm.</translation>
        </message>
        <message>
            <source>The change map has no CRS: the coordinates of {} are taken as they are.</source>
            <translation>Die Veränderungskarte hat kein KBS: die Koordinaten von {} gelten, wie sie sind.</translation>
        </message>
        <message>
            <source>The checkpoint {} cannot be read: {}. Choose a file.</source>
            <translation>Der Checkpoint {} kann nicht gelesen werden: {}. Wählen Sie eine Datei.</translation>
        </message>
        <message>
            <source>The checkpoint {} does not fit this training ({}). Choose another EXPERIMENT folder.</source>
            <translation>Der Zwischenstand {} passt nicht zu diesem Training ({}). Wählen Sie einen anderen Ordner EXPERIMENT.</translation>
        </message>
        <message>
            <source>The checkpoint's own schedule is {}.</source>
            <translation>Das Schema des Checkpoints selbst ist {}.</translation>
        </message>
        <message>
            <source>The date of each raster, in the order of the rasters, such as 1985-07-12,1990-08-01. A year or a month alone means its first day.</source>
            <translation>Das Datum jedes Rasters, in der Reihenfolge der Raster, etwa 1985-07-12,1990-08-01. Ein Jahr oder ein Monat allein meint den ersten Tag.</translation>
        </message>
        <message>
            <source>The dates do not overlap: {} covers {} and {} {} (left bottom right top, in the coordinates of the first). Choose rasters of one place, or set their CRS.</source>
            <translation>Die Zeitpunkte überlappen nicht: {} deckt {} ab und {} {} (links unten rechts oben, in den Koordinaten des ersten). Wählen Sie Raster eines Orts, oder setzen Sie ihr KBS.</translation>
        </message>
        <message>
            <source>The detector has a head of kind {}; this release knows {}.</source>
            <translation>Der Detektor hat einen Kopf der Art {}; diese Ausgabe kennt {}.</translation>
        </message>
        <message>
            <source>The detector {} has the noise levels {}. Take a whole copy of it.</source>
            <translation>Der Detektor {} hat die Rauschstufen {}. Nehmen Sie eine vollständige Kopie.</translation>
        </message>
        <message>
            <source>The detector {} has windows of {} px. Take a whole copy of it.</source>
            <translation>Der Detektor {} hat Fenster zu {} px. Nehmen Sie eine vollständige Kopie.</translation>
        </message>
        <message>
            <source>The detector {} reads bands that its model does not have. Take a whole copy of it.</source>
            <translation>Der Detektor {} liest Kanäle, die sein Modell nicht hat. Nehmen Sie eine vollständige Kopie.</translation>
        </message>
        <message>
            <source>The detector {} reads maps that its model does not have. Take a whole copy of it.</source>
            <translation>Der Detektor {} liest Karten, die sein Modell nicht hat. Nehmen Sie eine vollständige Kopie.</translation>
        </message>
        <message>
            <source>The detector {} wants the radiometry {}; this release knows {}. Update qgis_ddpm.</source>
            <translation>Der Detektor {} verlangt die Radiometrie {}; diese Ausgabe kennt {}. Aktualisieren Sie qgis_ddpm.</translation>
        </message>
        <message>
            <source>The detector {} was made for the model with the fingerprint {}, not for {} ({}). Choose the model that it was made with.</source>
            <translation>Der Detektor {} wurde für das Modell mit dem Fingerabdruck {} gemacht, nicht für {} ({}). Wählen Sie das Modell, mit dem er gemacht wurde.</translation>
        </message>
        <message>
            <source>The detector {} was made for the model with the fingerprint {}, not for {} ({}). Leave MODEL empty, or choose the model that it was made with.</source>
            <translation>Der Detektor {} wurde für das Modell mit dem Fingerabdruck {} gemacht, nicht für {} ({}). Lassen Sie MODEL leer, oder wählen Sie sein Modell.</translation>
        </message>
        <message>
            <source>The detector's description of its head does not fit ({}). Update qgis_ddpm.</source>
            <translation>Die Beschreibung des Kopfs im Detektor passt nicht ({}). Aktualisieren Sie qgis_ddpm.</translation>
        </message>
        <message>
            <source>The diffusion model whose features are read: a file, or the name of a file in the models folder.</source>
            <translation>Das Diffusionsmodell, dessen Merkmale gelesen werden: eine Datei, oder der Name einer Datei im Modellordner.</translation>
        </message>
        <message>
            <source>The disk is full{}. Free some space, or choose another folder.</source>
            <translation>Der Datenträger ist voll{}. Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>The environment goes to {}; torch is the build for {}: {}.</source>
            <translation>Die Umgebung kommt nach {}; torch ist die Ausgabe für {}: {}.</translation>
        </message>
        <message>
            <source>The environment in this user's standard folder is found by itself. One in another folder has to be named in Settings &gt; Options &gt; Processing &gt; Providers &gt; DDPM.</source>
            <translation>Die Umgebung im Standardordner dieses Benutzers wird von selbst gefunden. Eine in einem anderen Ordner nennen Sie unter Einstellungen &gt; Optionen &gt; Verarbeitung &gt; Datenanbieter &gt; DDPM.</translation>
        </message>
        <message>
            <source>The environment is made from Python {} at {}.</source>
            <translation>Die Umgebung wird aus Python {} in {} gemacht.</translation>
        </message>
        <message>
            <source>The environment was made, but cannot run jobs: {}</source>
            <translation>Die Umgebung wurde gemacht, kann aber keine Aufträge ausführen: {}</translation>
        </message>
        <message>
            <source>The environment {}</source>
            <translation>Die Umgebung {}</translation>
        </message>
        <message>
            <source>The experiment folder {}</source>
            <translation>Der Experimentordner {}</translation>
        </message>
        <message>
            <source>The experiment folder {} cannot be written: {}. Check the folder and the space on its disk.</source>
            <translation>In den Experimentordner {} kann nicht geschrieben werden: {}. Prüfen Sie den Ordner und den Platz auf dem Datenträger.</translation>
        </message>
        <message>
            <source>The features do not fit into {} ({}). Free space there, or lower CACHED_TILES.</source>
            <translation>Die Merkmale passen nicht in {} ({}). Schaffen Sie dort Platz, oder verringern Sie CACHED_TILES.</translation>
        </message>
        <message>
            <source>The features of {} cannot be written: {}.</source>
            <translation>Die Objekte von {} können nicht geschrieben werden: {}.</translation>
        </message>
        <message>
            <source>The features of {} tiles need {} MB, but memory and disk have room for {}. Lower CACHED_TILES, or free space in {}.</source>
            <translation>Die Merkmale von {} Kacheln brauchen {} MB, aber Arbeitsspeicher und Datenträger haben Platz für {}. Verringern Sie CACHED_TILES, oder schaffen Sie Platz in {}.</translation>
        </message>
        <message>
            <source>The field of polygons in CONDITION that says their class.</source>
            <translation>Das Feld der Polygone in CONDITION, das ihre Klasse sagt.</translation>
        </message>
        <message>
            <source>The figures beside the validation loss are measured on so many.</source>
            <translation>Die Kennzahlen neben dem Prüfverlust werden an so vielen gemessen.</translation>
        </message>
        <message>
            <source>The first eight training tiles, as the network saw them</source>
            <translation>Die ersten acht Trainingskacheln, wie das Netz sie sah</translation>
        </message>
        <message>
            <source>The floor is what real tiles get: one half of them against the other, at the count that the synthetic ones are compared at. A figure within two standard deviations of its floor cannot be told from real. The features were learnt on these real tiles, so figures of different real tiles do not compare; those of two models with the same real tiles, settings and counts do.</source>
            <translation>Der Boden ist, was echte Kacheln erhalten: eine Hälfte gegen die andere, bei der Anzahl, bei der die synthetischen verglichen werden. Eine Kennzahl innerhalb zweier Standardabweichungen ihres Bodens ist von echt nicht zu unterscheiden. Die Merkmale wurden auf diesen echten Kacheln gelernt, daher sind Kennzahlen verschiedener echter Kacheln nicht vergleichbar; die zweier Modelle mit denselben echten Kacheln, Einstellungen und Anzahlen schon.</translation>
        </message>
        <message>
            <source>The folder {} cannot be read: {}. FOLDER needs A, B and label.</source>
            <translation>Der Ordner {} kann nicht gelesen werden: {}. FOLDER braucht A, B und label.</translation>
        </message>
        <message>
            <source>The folder {} does not exist. Choose a folder of images.</source>
            <translation>Den Ordner {} gibt es nicht. Wählen Sie einen Bilderordner.</translation>
        </message>
        <message>
            <source>The folder {} holds no image (png, jpg, tif) and no idx file. Choose another folder.</source>
            <translation>Der Ordner {} enthält kein Bild (png, jpg, tif) und keine idx-Datei. Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>The format onnx needs the Python package onnx in the worker's environment; the log says how to install it.</source>
            <translation>Das Format onnx braucht das Python-Paket onnx in der Umgebung des Arbeitsprozesses; das Protokoll sagt, wie man es installiert.</translation>
        </message>
        <message>
            <source>The formats of this environment's GDAL cannot be restricted to those that are safe ({}). Set up the environment anew.</source>
            <translation>Die Formate des GDAL dieser Umgebung lassen sich nicht auf die sicheren beschränken ({}). Richten Sie die Umgebung neu ein.</translation>
        </message>
        <message>
            <source>The head reads features at the sigmas {}.</source>
            <translation>Der Kopf liest Merkmale bei den Sigmas {}.</translation>
        </message>
        <message>
            <source>The heavy work runs in a Python of its own, never in QGIS's. 'Set up environment' makes one. To use another, name it in Settings &gt; Options &gt; Processing &gt; Providers &gt; DDPM, or in the environment variable QGIS_DDPM_PYTHON: a Python 3.10 or newer with torch, numpy, rasterio, safetensors and pyyaml. Nothing is installed or downloaded by this algorithm.</source>
            <translation>Die schwere Arbeit läuft in einem eigenen Python, nie in dem von QGIS. „Umgebung einrichten“ macht eines. Um ein anderes zu benutzen, nennen Sie es unter Einstellungen &gt; Optionen &gt; Verarbeitung &gt; Datenanbieter &gt; DDPM oder in der Umgebungsvariable QGIS_DDPM_PYTHON: ein Python 3.10 oder neuer mit torch, numpy, rasterio, safetensors und pyyaml. Dieser Algorithmus installiert nichts und lädt nichts herunter.</translation>
        </message>
        <message>
            <source>The image {} is damaged: {}. Remove it or take a whole copy.</source>
            <translation>Das Bild {} ist beschädigt: {}. Entfernen Sie es, oder nehmen Sie eine vollständige Kopie.</translation>
        </message>
        <message>
            <source>The images that the model was trained on; with them it is told whether tiles are copies.</source>
            <translation>Die Bilder, mit denen das Modell trainiert wurde; mit ihnen wird gesagt, ob Kacheln Kopien sind.</translation>
        </message>
        <message>
            <source>The inputs are too small to keep a part for validation; there is no validation loss.</source>
            <translation>Die Eingaben sind zu klein, um einen Teil zur Validierung zurückzuhalten; es gibt keinen Validierungsverlust.</translation>
        </message>
        <message>
            <source>The interpreter</source>
            <translation>Der Interpreter</translation>
        </message>
        <message>
            <source>The interpreter named in {} cannot run jobs: {}</source>
            <translation>Der Interpreter aus {} kann keine Aufträge ausführen: {}</translation>
        </message>
        <message>
            <source>The interpreter of the environment</source>
            <translation>Der Interpreter der Umgebung</translation>
        </message>
        <message>
            <source>The interval of F1 comes from {} blocks of {} px only and is too narrow. Lower BLOCK_PX or label more places.</source>
            <translation>Das Intervall von F1 stammt aus nur {} Blöcken zu {} px und ist zu eng. Verkleinern Sie BLOCK_PX oder bestimmen Sie mehr Orte.</translation>
        </message>
        <message>
            <source>The intervals come from {} draws of {} blocks of {} px: neighbouring pixels err together, so whole blocks are drawn. They say how far a figure would move on other places of this kind, not how good the reference is.</source>
            <translation>Die Intervalle stammen aus {} Ziehungen von {} Blöcken zu {} px: benachbarte Pixel irren gemeinsam, deshalb werden ganze Blöcke gezogen. Sie sagen, wie weit eine Kennzahl an anderen Orten dieser Art abweichen würde, nicht wie gut die Referenz ist.</translation>
        </message>
        <message>
            <source>The labels' change lies in so few places that the part for {} would have none of it. Give pairs with change in more places.</source>
            <translation>Die markierte Veränderung liegt an so wenigen Orten, dass der Teil zur {} keine davon hätte. Geben Sie Paare mit Veränderung an mehr Orten.</translation>
        </message>
        <message>
            <source>The largest piece that was taken whole has {}.</source>
            <translation>Das größte Stück, das ganz übernommen wurde, hat {}.</translation>
        </message>
        <message>
            <source>The layer '{}' ({}) has no pixels of its own size. Save it as a GeoTIFF (Export &gt; Save As) and choose that file.</source>
            <translation>Der Layer „{}“ ({}) hat keine Pixel von eigener Größe. Speichern Sie ihn als GeoTIFF (Export &gt; Speichern als) und wählen Sie diese Datei.</translation>
        </message>
        <message>
            <source>The layer '{}' cannot be copied to {} (status {}). Save it as a GeoTIFF.</source>
            <translation>Der Layer „{}“ kann nicht nach {} kopiert werden (Status {}). Speichern Sie ihn als GeoTIFF.</translation>
        </message>
        <message>
            <source>The layer '{}' has additional no data values beyond one for all bands. Save it as a GeoTIFF (Export &gt; Save As) and choose that file.</source>
            <translation>Der Layer „{}“ hat zusätzliche Nodata-Werte über einen für alle Kanäle hinaus. Speichern Sie ihn als GeoTIFF (Export &gt; Speichern als) und wählen Sie diese Datei.</translation>
        </message>
        <message>
            <source>The layer '{}' has no points. Choose a layer that has some.</source>
            <translation>Der Layer „{}“ hat keine Punkte. Wählen Sie einen Layer, der welche hat.</translation>
        </message>
        <message>
            <source>The layer '{}' has no polygons. Choose a layer that has some.</source>
            <translation>Der Layer „{}“ hat keine Polygone. Wählen Sie einen, der welche hat.</translation>
        </message>
        <message>
            <source>The layout tiles puts separate tiles side by side. The layout seamless fills an area of any size without borders between tiles; it needs free disk rather than memory.</source>
            <translation>Die Anordnung tiles legt einzelne Kacheln nebeneinander. Die Anordnung seamless füllt eine Fläche beliebiger Größe ohne Ränder zwischen Kacheln; sie braucht eher freie Platte als Speicher.</translation>
        </message>
        <message>
            <source>The learning rate grows linearly over the first tiles.</source>
            <translation>Die Lernrate wächst über die ersten Kacheln gleichmäßig an.</translation>
        </message>
        <message>
            <source>The loss diverged after {} tiles. Lower LEARNING_RATE ({}), lengthen WARMUP_TILES ({}), or set GRADIENT_CLIP to 1.</source>
            <translation>Der Verlust lief nach {} Kacheln davon. Verringern Sie LEARNING_RATE ({}), verlängern Sie WARMUP_TILES ({}), oder setzen Sie GRADIENT_CLIP auf 1.</translation>
        </message>
        <message>
            <source>The map has no changed pixel among those labelled</source>
            <translation>Die Karte hat kein verändertes Pixel unter denen mit Referenz</translation>
        </message>
        <message>
            <source>The map has no changed pixel: all points are drawn from what it calls unchanged.</source>
            <translation>Die Karte hat kein verändertes Pixel: alle Punkte werden aus dem gezogen, was sie unverändert nennt.</translation>
        </message>
        <message>
            <source>The map of errors shows where changes were found, missed or made up. All figures come back as outputs, so that a model can go on with them.</source>
            <translation>Die Fehlerkarte zeigt, wo Veränderungen gefunden, übersehen oder erfunden wurden. Alle Zahlen kommen als Ausgaben zurück, damit ein Modell mit ihnen weiterarbeiten kann.</translation>
        </message>
        <message>
            <source>The mask</source>
            <translation>Die Maske</translation>
        </message>
        <message>
            <source>The mask is 1 for fill, dilated cloud, cirrus, cloud and cloud shadow of QA_PIXEL; for cloud, and cloud shadow and cirrus of high confidence, of BQA; for classes 0, 1, 3, 8, 9 and 10 of SCL; and for opaque cloud and cirrus of the mask of level 1C (since baseline 04.00). Where pixels get larger, one that holds any such pixel is hidden.</source>
            <translation>Die Maske ist 1 für Füllwert, erweiterte Wolke, Zirrus, Wolke und Wolkenschatten von QA_PIXEL; für Wolke sowie Wolkenschatten und Zirrus hoher Sicherheit von BQA; für die Klassen 0, 1, 3, 8, 9 und 10 von SCL; und für dichte Wolke und Zirrus der Maske von Level 1C (seit Baseline 04.00). Wo Pixel größer werden, ist einer verdeckt, der irgendeinen solchen Pixel enthält.</translation>
        </message>
        <message>
            <source>The model file {} cannot be read: {}.</source>
            <translation>Die Modelldatei {} kann nicht gelesen werden: {}.</translation>
        </message>
        <message>
            <source>The model gives numbers that are not finite: its training went astray, or the file is damaged. Train it again, with a smaller LEARNING_RATE.</source>
            <translation>Das Modell ergibt Zahlen, die nicht endlich sind: sein Training ging fehl, oder die Datei ist beschädigt. Trainieren Sie es neu, mit kleinerer LEARNING_RATE.</translation>
        </message>
        <message>
            <source>The model has a network of kind {}; this release knows {}.</source>
            <translation>Das Modell hat ein Netz der Art {}; diese Ausgabe kennt {}.</translation>
        </message>
        <message>
            <source>The model has {} bands, but {} gives {}. Choose bands that correspond with BANDS, or another model.</source>
            <translation>Das Modell hat {} Kanäle, aber {} liefert {}. Wählen Sie entsprechende Kanäle mit BANDS, oder ein anderes Modell.</translation>
        </message>
        <message>
            <source>The model that the detector {} was made with (fingerprint {}) is neither beside it nor in the models folder. Name it in MODEL.</source>
            <translation>Das Modell, mit dem der Detektor {} gemacht wurde (Fingerabdruck {}), liegt weder daneben noch im Modellordner. Nennen Sie es in MODEL.</translation>
        </message>
        <message>
            <source>The model {} has {} bands ({}), but '{}' gives {}. Choose bands that correspond, or another model.</source>
            <translation>Das Modell {} hat {} Kanäle ({}), aber „{}“ hat {}. Wählen Sie entsprechende Kanäle oder ein anderes Modell.</translation>
        </message>
        <message>
            <source>The model's description of its network does not fit ({}). Update qgis_ddpm.</source>
            <translation>Die Beschreibung des Netzes im Modell passt nicht ({}). Aktualisieren Sie qgis_ddpm.</translation>
        </message>
        <message>
            <source>The models folder</source>
            <translation>Der Modellordner</translation>
        </message>
        <message>
            <source>The more dates, the more chances for a false alarm. So the threshold of each pair of dates is set such that the share of unchanged pixels that are called changed at least once in the whole series is as wanted, not the share of each pair.</source>
            <translation>Je mehr Daten, desto mehr Gelegenheiten für einen Fehlalarm. Darum wird der Schwellenwert jedes Paars von Daten so gesetzt, dass der Anteil unveränderter Pixel, die in der ganzen Reihe mindestens einmal verändert heißen, so ist wie gewünscht, nicht der Anteil jedes Paars.</translation>
        </message>
        <message>
            <source>The network cannot be compiled here ({}). Leave COMPILE off, or install a C++ compiler, and Triton for a GPU.</source>
            <translation>Das Netz kann hier nicht übersetzt werden ({}). Lassen Sie COMPILE aus, oder installieren Sie einen C++-Compiler und für eine GPU Triton.</translation>
        </message>
        <message>
            <source>The network is that of {}: {} bands, {} channels times {}, {} residual blocks a level, attention at {} and in the middle, {} million parameters.</source>
            <translation>Das Netz ist das von {}: {} Kanäle, {} Merkmale mal {}, {} Restblöcke je Stufe, Aufmerksamkeit bei {} und in der Mitte, {} Millionen Parameter.</translation>
        </message>
        <message>
            <source>The page says in a few sentences what the figures tell, and what they do not: which settings differ by more than chance (Welch's test over the repeats, corrected for the number of pairs), which rank first by KID, whether tiles are copies. Below stand all figures with their intervals, beside those of other real tiles and of Gaussian noise, the curves of all in one plot, and tiles after a quarter, half and three quarters of each training, from the same noise.</source>
            <translation>Die Seite sagt in wenigen Sätzen, was die Kennzahlen zeigen und was nicht: welche Einstellungen sich mehr als zufällig unterscheiden (Welchs Test über die Wiederholungen, korrigiert um die Zahl der Paare), welche nach KID vorn stehen, ob Kacheln Kopien sind. Darunter stehen alle Kennzahlen mit Intervallen neben denen anderer echter Kacheln und von Gaußschem Rauschen, die Kurven aller in einem Bild und Kacheln nach einem Viertel, der Hälfte und drei Vierteln jedes Trainings, aus demselben Rauschen.</translation>
        </message>
        <message>
            <source>The pip of the new environment does not answer: {}</source>
            <translation>Das pip der neuen Umgebung antwortet nicht: {}</translation>
        </message>
        <message>
            <source>The place has no build for this Python and system: give another INDEX_URL, TORCH_INDEX_URL or WHEELS.</source>
            <translation>Dort gibt es keine Ausgabe für dieses Python und System: Geben Sie ein anderes INDEX_URL, TORCH_INDEX_URL oder WHEELS an.</translation>
        </message>
        <message>
            <source>The polygons have a start and an end, and QGIS's temporal controller plays them: open it (View &gt; Panels &gt; Temporal Controller) and press play. To see the images change with them, give each raster a fixed time range in its layer properties.</source>
            <translation>Die Polygone haben Anfang und Ende, und die Zeitsteuerung von QGIS spielt sie ab: Öffnen Sie sie (Ansicht &gt; Bedienfelder &gt; Zeitsteuerung) und drücken Sie auf Abspielen. Damit die Bilder mit ihnen wechseln, geben Sie jedem Raster in seinen Layereigenschaften einen festen Zeitbereich.</translation>
        </message>
        <message>
            <source>The polygons of {} {} cannot be transformed from {} to the raster's CRS. Set the layer's right CRS and export it again.</source>
            <translation>Die Polygone von {} {} können nicht von {} in das KBS des Rasters transformiert werden. Setzen Sie das richtige KBS des Layers und exportieren Sie ihn neu.</translation>
        </message>
        <message>
            <source>The published network is made for a GPU and days. On a processor take small.</source>
            <translation>Das veröffentlichte Netz ist für eine GPU und Tage gemacht. Nehmen Sie auf einem Prozessor small.</translation>
        </message>
        <message>
            <source>The publisher's JSON that comes with the checkpoint, or with the change head where one is given.</source>
            <translation>Das JSON des Herausgebers, das zum Checkpoint gehört, oder zum Veränderungskopf, wo einer angegeben ist.</translation>
        </message>
        <message>
            <source>The raster is large: the interval of F1 uses blocks of {} px.</source>
            <translation>Das Raster ist groß: das Intervall von F1 nutzt Blöcke zu {} px.</translation>
        </message>
        <message>
            <source>The raster with its gaps filled. Known pixels are equal to the bit. A run that was cancelled leaves what it filled beside it, in a file of this name and .part; the same run started again goes on from there.</source>
            <translation>Das Raster mit gefüllten Lücken. Bekannte Pixel sind auf das Bit gleich. Ein abgebrochener Lauf lässt daneben, was er gefüllt hat, in einer Datei dieses Namens mit .part; derselbe Lauf, neu gestartet, macht dort weiter.</translation>
        </message>
        <message>
            <source>The raster {} does not exist. Choose a raster in a local file.</source>
            <translation>Das Raster {} gibt es nicht. Wählen Sie ein Raster in einer lokalen Datei.</translation>
        </message>
        <message>
            <source>The raster {} is a folder. Make one raster of the bands of a scene in it with stackscene (Stack scene), or choose a raster.</source>
            <translation>Das Raster {} ist ein Ordner. Machen Sie aus den Kanälen einer Szene darin ein Raster mit stackscene (Szene stapeln), oder wählen Sie ein Raster.</translation>
        </message>
        <message>
            <source>The raster {} is {}, not a file. Choose a raster in a local file.</source>
            <translation>Das Raster {} ist {}, keine Datei. Wählen Sie ein Raster in einer lokalen Datei.</translation>
        </message>
        <message>
            <source>The rasters that the model was trained on; with them it is told whether tiles are copies.</source>
            <translation>Die Raster, mit denen das Modell trainiert wurde; mit ihnen wird gesagt, ob Kacheln Kopien sind.</translation>
        </message>
        <message>
            <source>The reference has no changed pixel</source>
            <translation>Die Referenz hat kein verändertes Pixel</translation>
        </message>
        <message>
            <source>The reference is a raster or a polygon layer. Where only some places are known, give the unchanged ones as a second reference: then only pixels in either of the two count. Rasters on another grid or in another CRS are brought onto the grid of the change map.</source>
            <translation>Die Referenz ist ein Raster oder ein Polygonlayer. Wo nur einige Orte bekannt sind, geben Sie die unveränderten als zweite Referenz an: Dann zählen nur Pixel in einer der beiden. Raster auf einem anderen Gitter oder in einem anderen KBS werden auf das Gitter der Veränderungskarte gebracht.</translation>
        </message>
        <message>
            <source>The rest is computed in float32, since bfloat16 failed.</source>
            <translation>Der Rest wird in float32 gerechnet, da bfloat16 versagte.</translation>
        </message>
        <message>
            <source>The result has no CRS: neither has SOURCE, and none was given.</source>
            <translation>Das Ergebnis hat kein KBS: SOURCE hat keines, und keines wurde genannt.</translation>
        </message>
        <message>
            <source>The result has no CRS: neither has the training raster, and none was given.</source>
            <translation>Das Ergebnis hat kein KBS: das Trainingsraster hat keines, und keines wurde genannt.</translation>
        </message>
        <message>
            <source>The same seed gives the same result.</source>
            <translation>Derselbe Startwert gibt dasselbe Ergebnis.</translation>
        </message>
        <message>
            <source>The schedule is that of CONFIG: {}.</source>
            <translation>Das Schema ist das von CONFIG: {}.</translation>
        </message>
        <message>
            <source>The scores, {} MB in {}, could not be kept ({}). Free space there, or write the output to another disk.</source>
            <translation>Die Werte, {} MB in {}, konnten nicht aufbewahrt werden ({}). Schaffen Sie dort Platz, oder schreiben Sie die Ausgabe auf einen anderen Datenträger.</translation>
        </message>
        <message>
            <source>The setting of the lowest KID</source>
            <translation>Die Einstellung mit dem niedrigsten KID</translation>
        </message>
        <message>
            <source>The style {} could not be written: {}.</source>
            <translation>Der Stil {} konnte nicht geschrieben werden: {}.</translation>
        </message>
        <message>
            <source>The style {} was not made here for {}, or was changed since, and is left as it is.</source>
            <translation>Der Stil {} wurde nicht hier für {} gemacht oder seither geändert und bleibt, wie er ist.</translation>
        </message>
        <message>
            <source>The synthetic tiles can be told from real ones by {}.{}</source>
            <translation>Die synthetischen Kacheln sind von echten zu unterscheiden an {}.{}</translation>
        </message>
        <message>
            <source>The synthetic tiles have {} bands and {} has {}. Choose imagery of the same bands, or the bands with BANDS.</source>
            <translation>Die synthetischen Kacheln haben {} Kanäle und {} hat {}. Wählen Sie Bilder derselben Kanäle, oder die Kanäle mit BANDS.</translation>
        </message>
        <message>
            <source>The synthetic tiles that are nearest to training imagery</source>
            <translation>Die synthetischen Kacheln, die Trainingsbildern am nächsten sind</translation>
        </message>
        <message>
            <source>The system ended the worker, most often because memory ran out. It is started once more, with batches of half the size.</source>
            <translation>Das System hat den Arbeitsprozess beendet, meist weil der Arbeitsspeicher ausging. Er wird noch einmal gestartet, mit halb so großen Stapeln.</translation>
        </message>
        <message>
            <source>The system starts no more threads. Close other programs, or raise the limit of processes.</source>
            <translation>Das System startet keine weiteren Threads. Schließen Sie andere Programme, oder heben Sie die Grenze der Prozesse an.</translation>
        </message>
        <message>
            <source>The training imagery that each of them is nearest to</source>
            <translation>Die Trainingsbilder, denen jede am nächsten ist</translation>
        </message>
        <message>
            <source>The training rasters differ in their number of bands: {}. Name common BANDS.</source>
            <translation>Die Trainingsraster haben verschieden viele Kanäle: {}. Nennen Sie gemeinsame in BANDS.</translation>
        </message>
        <message>
            <source>The validation loss has not fallen below {} since {} tiles: stopped, with the weights of then.</source>
            <translation>Der Validierungsverlust ist seit {1} Kacheln nicht unter {0} gefallen: angehalten, mit den Gewichten von damals.</translation>
        </message>
        <message>
            <source>The worker closed its output without a last event. Please report it.</source>
            <translation>Der Arbeitsprozess schloss seine Ausgabe ohne letztes Ereignis. Bitte melden Sie das.</translation>
        </message>
        <message>
            <source>The worker crashed in a library (access violation). Run 'Check environment', and update torch and rasterio.</source>
            <translation>Der Arbeitsprozess stürzte in einer Bibliothek ab (Zugriffsverletzung). Führen Sie 'Umgebung prüfen' aus, und aktualisieren Sie torch und rasterio.</translation>
        </message>
        <message>
            <source>The worker crashed in a library (signal 11). Run 'Check environment', and update torch and rasterio.</source>
            <translation>Der Arbeitsprozess stürzte in einer Bibliothek ab (Signal 11). Führen Sie 'Umgebung prüfen' aus, und aktualisieren Sie torch und rasterio.</translation>
        </message>
        <message>
            <source>The worker ran out of memory. Lower BATCH_SIZE or BLOCK_PX, or close other programs.</source>
            <translation>Dem Arbeitsprozess ging der Arbeitsspeicher aus. Verringern Sie BATCH_SIZE oder BLOCK_PX, oder schließen Sie andere Programme.</translation>
        </message>
        <message>
            <source>The worker used an instruction that this processor lacks (signal 4). Install another build of torch.</source>
            <translation>Der Arbeitsprozess nutzte einen Befehl, den dieser Prozessor nicht hat (Signal 4). Installieren Sie eine andere Ausgabe von torch.</translation>
        </message>
        <message>
            <source>The worker was ended by the system (signal 9), most often because memory ran out. Lower BATCH_SIZE or BLOCK_PX, take a smaller preset, or close other programs.</source>
            <translation>Der Arbeitsprozess wurde vom System beendet (Signal 9), meist weil der Arbeitsspeicher ausging. Verringern Sie BATCH_SIZE oder BLOCK_PX, nehmen Sie ein kleineres Preset, oder schließen Sie andere Programme.</translation>
        </message>
        <message>
            <source>The worker was stopped before it was done.</source>
            <translation>Der Arbeitsprozess wurde angehalten, bevor er fertig war.</translation>
        </message>
        <message>
            <source>The worker's file {} for {} cannot be read. Please report it.</source>
            <translation>Die Datei {} des Arbeitsprozesses für {} kann nicht gelesen werden. Bitte melden Sie es.</translation>
        </message>
        <message>
            <source>The {} file {} does not exist. Choose a .safetensors file made here or imported.</source>
            <translation>Die Datei {1} ({0}) gibt es nicht. Wählen Sie eine hier erzeugte oder importierte .safetensors-Datei.</translation>
        </message>
        <message>
            <source>The {} {} cannot be written: {}. Check the folder and the space on its disk, or close the program that holds the file open.</source>
            <translation>{} {} kann nicht geschrieben werden: {}. Prüfen Sie Ordner und Platz auf dem Datenträger, oder schließen Sie das Programm, das die Datei offen hält.</translation>
        </message>
        <message>
            <source>The {} {} is neither a file here nor in {}. Give its whole path.</source>
            <translation>{} {} ist weder hier eine Datei noch in {}. Geben Sie den ganzen Pfad an.</translation>
        </message>
        <message>
            <source>There are too few pairs with change to leave one out: figures are of blocks within them that no head was trained on. Expect less on other scenes.</source>
            <translation>Es gibt zu wenige Paare mit Veränderung, um eines auszulassen: die Kennzahlen sind von Blöcken darin, auf denen kein Kopf trainiert wurde. Erwarten Sie auf anderen Szenen weniger.</translation>
        </message>
        <message>
            <source>There is no pip; uv takes its place, with its own configuration and not pip's.</source>
            <translation>Es gibt kein pip; uv tritt an seine Stelle, mit seinen eigenen Einstellungen und nicht denen von pip.</translation>
        </message>
        <message>
            <source>This Python lacks {}. Install it there, or name another Python.</source>
            <translation>Diesem Python fehlt {}. Installieren Sie es dort, oder nennen Sie ein anderes Python.</translation>
        </message>
        <message>
            <source>This is the only algorithm that downloads models, and only when you run it with an address. Nothing in a model file is ever executed.</source>
            <translation>Dies ist der einzige Algorithmus, der Modelle herunterlädt, und nur, wenn Sie ihn mit einer Adresse ausführen. Nichts in einer Modelldatei wird je ausgeführt.</translation>
        </message>
        <message>
            <source>This job</source>
            <translation>Dieser Auftrag</translation>
        </message>
        <message>
            <source>This job takes about {} here and</source>
            <translation>Dieser Auftrag dauert hier etwa {} und</translation>
        </message>
        <message>
            <source>This preset is made for a GPU. On a processor take small, or tiny for a first look.</source>
            <translation>Dieses Preset ist für eine GPU gemacht. Nehmen Sie auf einem Prozessor small, oder tiny für einen ersten Blick.</translation>
        </message>
        <message>
            <source>This will take about {}.</source>
            <translation>Das wird etwa {} dauern.</translation>
        </message>
        <message>
            <source>Three methods need no training labels. irmad (iteratively reweighted multivariate alteration detection) finds unusual differences of multispectral bands and is not misled by haze, season or calibration; it wants the same bands at both dates. cva is the length of the change vector, the simplest of all. features compares what a diffusion model sees at both dates. Measured on many scenes, features without labels are no better than irmad whose distances are smoothed as much, nor than those of a model with random weights: auto takes irmad.</source>
            <translation>Drei Methoden brauchen keine Trainingsbeispiele. irmad (iterativ neu gewichtete multivariate Veränderungserkennung) findet ungewöhnliche Unterschiede multispektraler Kanäle und lässt sich von Dunst, Jahreszeit oder Kalibrierung nicht täuschen; an beiden Zeitpunkten müssen es dieselben Kanäle sein. cva ist die Länge des Änderungsvektors, die einfachste von allen. features vergleicht, was ein Diffusionsmodell an beiden Zeitpunkten sieht. An vielen Szenen gemessen sind features ohne Beispiele nicht besser als irmad mit ebenso geglätteten Abständen, und auch nicht besser als die eines Modells mit zufälligen Gewichten: auto nimmt irmad.</translation>
        </message>
        <message>
            <source>Three or more rasters of one place, each of another date, in any order. The result lies on the grid of the earliest.</source>
            <translation>Drei oder mehr Raster eines Ortes, jedes von einem anderen Datum, in beliebiger Reihenfolge. Das Ergebnis liegt auf dem Gitter des frühesten.</translation>
        </message>
        <message>
            <source>Threshold</source>
            <translation>Schwelle</translation>
        </message>
        <message>
            <source>Threshold used</source>
            <translation>Benutzte Schwelle</translation>
        </message>
        <message>
            <source>Tick what you want to compare, take a shipped study, or write a grid: a text file, such as one with the two lines</source>
            <translation>Haken Sie an, was verglichen werden soll, nehmen Sie eine mitgelieferte Studie, oder schreiben Sie ein Raster: eine Textdatei, etwa mit den zwei Zeilen</translation>
        </message>
        <message>
            <source>Tile size</source>
            <translation>Kachelgröße</translation>
        </message>
        <message>
            <source>Tiles</source>
            <translation>Kacheln</translation>
        </message>
        <message>
            <source>Tiles after which the early state is taken that samples are led away from.</source>
            <translation>Zahl der Kacheln, nach denen der frühe Stand genommen wird, von dem Kacheln weggeführt werden.</translation>
        </message>
        <message>
            <source>Tiles are cut at random places where all bands are valid. Each band is scaled by its own range, which the model file keeps, so 8-bit, 16-bit and floating point rasters need no preparation.</source>
            <translation>Kacheln werden an zufälligen Orten geschnitten, wo alle Kanäle gültig sind. Jeder Kanal wird nach seinem eigenen Wertebereich skaliert, den die Modelldatei behält; Raster mit 8 Bit, 16 Bit oder Gleitkommazahlen brauchen also keine Vorbereitung.</translation>
        </message>
        <message>
            <source>Tiles are large: {} of each kind are compared, so that they fit into the memory.</source>
            <translation>Die Kacheln sind groß: je {} werden verglichen, damit sie in den Arbeitsspeicher passen.</translation>
        </message>
        <message>
            <source>Tiles for each step of the optimizer.</source>
            <translation>Kacheln je Schritt des Optimierers.</translation>
        </message>
        <message>
            <source>Tiles in one call of the network.</source>
            <translation>Kacheln in einem Aufruf des Netzes.</translation>
        </message>
        <message>
            <source>Tiles in one step of the optimizer.</source>
            <translation>Kacheln in einem Schritt des Optimierers.</translation>
        </message>
        <message>
            <source>Tiles of the validation part</source>
            <translation>Kacheln des Validierungsteils</translation>
        </message>
        <message>
            <source>Tiles per second</source>
            <translation>Kacheln je Sekunde</translation>
        </message>
        <message>
            <source>Tiles sampled for each training</source>
            <translation>Gezogene Kacheln je Training</translation>
        </message>
        <message>
            <source>Tiles seen in training</source>
            <translation>Im Training gesehene Kacheln</translation>
        </message>
        <message>
            <source>Tiles that are kept</source>
            <translation>Behaltene Kacheln</translation>
        </message>
        <message>
            <source>To be able to ask for something later, give condition rasters: one for each training raster, on any grid, such as land cover, elevation, another date or sensor, or a coarser version of it. Pictures in subfolders are labelled by the folders' names (kind of condition: folders). Now and then tiles are told nothing, so that the model can also draw unasked.</source>
            <translation>Um später etwas verlangen zu können, geben Sie Raster der Bedingung an: eines für jedes Trainingsraster, auf beliebigem Gitter, etwa Landbedeckung, Höhe, ein anderes Datum oder ein anderer Sensor oder eine gröbere Fassung. Bilder in Unterordnern sind durch deren Namen beschriftet (Art der Bedingung: folders). Ab und zu wird von Kacheln nichts gesagt, damit das Modell auch unverlangt ziehen kann.</translation>
        </message>
        <message>
            <source>To be reported: {} changed, 95 % interval {} to </source>
            <translation>Zu berichten: {} verändert, 95-%-Intervall {} bis </translation>
        </message>
        <message>
            <source>To find the threshold, switch the layer of the change probability to its style 'Change from a threshold' (right click &gt; Styles) and change the first value in the Layer Styling panel: the map follows at once.</source>
            <translation>Um die Schwelle zu finden, schalten Sie den Layer der Veränderungswahrscheinlichkeit auf seinen Stil „Veränderung ab einer Schwelle“ um (Rechtsklick &gt; Stile) und ändern Sie den ersten Wert im Bedienfeld Layergestaltung: Die Karte folgt sofort.</translation>
        </message>
        <message>
            <source>To fine-tune, name a model under Start from model: a shipped one, one of yours, or an imported one. Its network is taken over, with the weights of each band by the band's name; new bands start at 0. Scaling is measured anew on your data. A lower learning rate than the preset's, such as a third, keeps more of what it knows.</source>
            <translation>Zum Nachtrainieren nennen Sie ein Modell unter „Von einem Modell ausgehen“: ein mitgeliefertes, ein eigenes oder ein importiertes. Sein Netz wird übernommen, die Gewichte jedes Kanals nach dessen Namen; neue Kanäle beginnen bei 0. Die Skalierung wird an Ihren Daten neu gemessen. Eine niedrigere Lernrate als die der Voreinstellung, etwa ein Drittel, bewahrt mehr von dem, was es kann.</translation>
        </message>
        <message>
            <source>To sample ten times as fast, tune a finished model for few calls: name it under Start from model, choose the inputs it was trained on, and tick Tune for few calls. Sampling then takes two calls of the network where it took twenty.</source>
            <translation>Um zehnmal so schnell zu ziehen, ein fertiges Modell auf wenige Aufrufe abstimmen: es unter Von einem Modell ausgehen nennen, die Eingaben wählen, mit denen es trainiert wurde, und Auf wenige Aufrufe abstimmen ankreuzen. Das Ziehen braucht dann zwei Aufrufe des Netzes statt zwanzig.</translation>
        </message>
        <message>
            <source>To use it, name {} in Settings &gt; Options &gt; Processing &gt; Providers &gt; DDPM.</source>
            <translation>Um sie zu benutzen, nennen Sie {} unter Einstellungen &gt; Optionen &gt; Verarbeitung &gt; Datenanbieter &gt; DDPM.</translation>
        </message>
        <message>
            <source>Too few pixels are known to hold some out: the spread is that of the whole raster.</source>
            <translation>Zu wenige Pixel sind bekannt, um einige zurückzuhalten: die Streuung ist die des ganzen Rasters.</translation>
        </message>
        <message>
            <source>Total</source>
            <translation>Gesamt</translation>
        </message>
        <message>
            <source>Train a change detector on pairs of dates with labels: a head on the features of a diffusion model.</source>
            <translation>Einen Veränderungsdetektor mit beschrifteten Paaren zweier Zeitpunkte trainieren: ein Kopf auf den Merkmalen eines Diffusionsmodells.</translation>
        </message>
        <message>
            <source>Train a denoising diffusion model on rasters or on a folder of images.</source>
            <translation>Ein entrauschendes Diffusionsmodell mit Rastern oder mit einem Ordner von Bildern trainieren.</translation>
        </message>
        <message>
            <source>Train change detector</source>
            <translation>Veränderungsdetektor trainieren</translation>
        </message>
        <message>
            <source>Train diffusion model</source>
            <translation>Diffusionsmodell trainieren</translation>
        </message>
        <message>
            <source>Train on only so many images of the folder, drawn by SEED and as many from each folder in it as from the others; fewer are among more. Those kept for validation do not count, and do not depend on it.</source>
            <translation>Nur mit so vielen Bildern des Ordners trainieren, nach SEED gezogen und aus jedem Unterordner gleich viele; wenigere sind unter mehreren enthalten. Die zur Prüfung zurückbehaltenen zählen nicht mit und hängen nicht davon ab.</translation>
        </message>
        <message>
            <source>Train with every setting of a grid for equal work, several times, and compare what comes out.</source>
            <translation>Mit jeder Einstellung eines Rasters bei gleicher Arbeit mehrmals trainieren und vergleichen, was herauskommt.</translation>
        </message>
        <message>
            <source>Train, detect and assess</source>
            <translation>Trainieren, erkennen und bewerten</translation>
        </message>
        <message>
            <source>Trained detector</source>
            <translation>Trainierter Detektor</translation>
        </message>
        <message>
            <source>Trained model</source>
            <translation>Trainiertes Modell</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>Training</translation>
        </message>
        <message>
            <source>Training loss at the end</source>
            <translation>Trainingsverlust am Ende</translation>
        </message>
        <message>
            <source>Training loss: cross entropy plus one minus Dice</source>
            <translation>Trainingsverlust: Kreuzentropie plus eins minus Dice</translation>
        </message>
        <message>
            <source>Training of a change detector</source>
            <translation>Training eines Veränderungsdetektors</translation>
        </message>
        <message>
            <source>Training rasters</source>
            <translation>Trainingsraster</translation>
        </message>
        <message>
            <source>Training report</source>
            <translation>Trainingsbericht</translation>
        </message>
        <message>
            <source>Training: the loss that is minimised. Validation: {}.</source>
            <translation>Training: der Verlust, der verringert wird. Validierung: {}.</translation>
        </message>
        <message>
            <source>Trains a denoising diffusion model on your own imagery: rasters of any number of bands and any data type, or a folder of pictures. The network learns to take noise out of tiles. What it has learned serves two other algorithms: 'Sample synthetic tiles' and 'Detect changes' (method features).</source>
            <translation>Trainiert ein entrauschendes Diffusionsmodell mit Ihren eigenen Bildern: mit Rastern beliebig vieler Kanäle und beliebiger Datentypen, oder mit einem Ordner von Bildern. Das Netz lernt, Rauschen aus Kacheln zu nehmen. Was es gelernt hat, dient zwei anderen Algorithmen: „Synthetische Kacheln ziehen“ und „Veränderungen erkennen“ (Verfahren features).</translation>
        </message>
        <message>
            <source>Truly change</source>
            <translation>Wirklich verändert</translation>
        </message>
        <message>
            <source>Truly no change</source>
            <translation>Wirklich unverändert</translation>
        </message>
        <message>
            <source>Try the interpreter of the worker: versions, devices, memory, a tensor on each device and a GeoTIFF.</source>
            <translation>Den Interpreter des Arbeitsprozesses erproben: Versionen, Geräte, Speicher, ein Tensor auf jedem Gerät und ein GeoTIFF.</translation>
        </message>
        <message>
            <source>Tune for few calls</source>
            <translation>Auf wenige Aufrufe abstimmen</translation>
        </message>
        <message>
            <source>Tune the network</source>
            <translation>Netz mitlernen lassen</translation>
        </message>
        <message>
            <source>Tuning for few calls</source>
            <translation>Abstimmen für wenige Aufrufe</translation>
        </message>
        <message>
            <source>UNCERTAINTY needs several draws of noise; {} are taken.</source>
            <translation>UNCERTAINTY braucht mehrere Ziehungen des Rauschens; {} werden genommen.</translation>
        </message>
        <message>
            <source>Uncertainty</source>
            <translation>Unsicherheit</translation>
        </message>
        <message>
            <source>Unchanged</source>
            <translation>Unverändert</translation>
        </message>
        <message>
            <source>Unchanged in both</source>
            <translation>In beiden unverändert</translation>
        </message>
        <message>
            <source>Unchanged pixels within so many pixels of mapped change are a stratum of their own in SAMPLE: most of what a map misses lies there. 0: no such stratum.</source>
            <translation>Unveränderte Pixel bis zu so vielen Pixeln um kartierte Änderung sind in SAMPLE eine eigene Schicht: Dort liegt das meiste, was einer Karte entgeht. 0: keine solche Schicht.</translation>
        </message>
        <message>
            <source>Unchanged until</source>
            <translation>Unverändert bis</translation>
        </message>
        <message>
            <source>Unsure</source>
            <translation>Unsicher</translation>
        </message>
        <message>
            <source>Upper end of the 95 % interval of F1</source>
            <translation>Oberes Ende des 95-%-Intervalls von F1</translation>
        </message>
        <message>
            <source>Upper end of the 95 % interval of that area</source>
            <translation>Oberes Ende des 95-%-Intervalls dieser Fläche</translation>
        </message>
        <message>
            <source>Used by the layout tiles.</source>
            <translation>Gilt für die Anordnung tiles.</translation>
        </message>
        <message>
            <source>User's accuracy of change</source>
            <translation>Nutzergenauigkeit der Veränderung</translation>
        </message>
        <message>
            <source>User's accuracy of no change</source>
            <translation>Nutzergenauigkeit ohne Veränderung</translation>
        </message>
        <message>
            <source>Valid area in square metres</source>
            <translation>Gültige Fläche in Quadratmetern</translation>
        </message>
        <message>
            <source>Validation by noise level (noise over signal)</source>
            <translation>Validierung nach Rauschstufe (Rauschen durch Signal)</translation>
        </message>
        <message>
            <source>Validation loss at the end</source>
            <translation>Prüfverlust am Ende</translation>
        </message>
        <message>
            <source>Validation loss by noise level: left little noise, right almost nothing else.</source>
            <translation>Validierungsverlust nach Rauschstufe: links wenig Rauschen, rechts fast nichts anderes.</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>Value in the error map</source>
            <translation>Wert in der Fehlerkarte</translation>
        </message>
        <message>
            <source>Values that are no data in any raster of the job, besides what the files say, such as 0,-9999. For fills that files do not declare.</source>
            <translation>Werte, die in keinem Raster des Auftrags Daten sind, zusätzlich zu den Angaben der Dateien, etwa 0,-9999. Für Füllwerte, die Dateien nicht angeben.</translation>
        </message>
        <message>
            <source>Variance added in the first step; cosine, jsd, sigmoid and edm do not use it.</source>
            <translation>Im ersten Schritt zugefügte Varianz; cosine, jsd, sigmoid und edm brauchen sie nicht.</translation>
        </message>
        <message>
            <source>Variance added in the last step; cosine, jsd, sigmoid and edm do not use it.</source>
            <translation>Im letzten Schritt zugefügte Varianz; cosine, jsd, sigmoid und edm brauchen sie nicht.</translation>
        </message>
        <message>
            <source>Version of torch</source>
            <translation>Version von torch</translation>
        </message>
        <message>
            <source>WHEELS: {} is no folder. Name the folder that holds the .whl files.</source>
            <translation>WHEELS: {} ist kein Ordner. Nennen Sie den Ordner, in dem die .whl-Dateien liegen.</translation>
        </message>
        <message>
            <source>Warm-up</source>
            <translation>Anlauf</translation>
        </message>
        <message>
            <source>Water gained</source>
            <translation>Neues Wasser</translation>
        </message>
        <message>
            <source>Water lost</source>
            <translation>Verschwundenes Wasser</translation>
        </message>
        <message>
            <source>What a processor can give: in ten minutes, colours and textures of land cover, good enough for change detection and for synthetic land of one kind. Streets, houses and other objects take a GPU, or days. The log says how long the training will take, and what to expect, before it starts.</source>
            <translation>Was ein Prozessor geben kann: in zehn Minuten Farben und Texturen der Landbedeckung, gut genug für die Veränderungserkennung und für synthetisches Land einer Art. Straßen, Häuser und andere Objekte brauchen eine Grafikkarte oder Tage. Das Protokoll sagt, wie lange das Training dauern wird und was zu erwarten ist, bevor es beginnt.</translation>
        </message>
        <message>
            <source>What all have in common</source>
            <translation>Was alle gemeinsam haben</translation>
        </message>
        <message>
            <source>What all settings are given alike: tiles (TILES seen), gflop (a larger network sees fewer tiles, the first setting TILES), or minutes (MINUTES of this machine).</source>
            <translation>Was alle Einstellungen gleich bekommen: tiles (TILES gesehene Kacheln), gflop (ein größeres Netz sieht weniger Kacheln, die erste Einstellung TILES) oder minutes (MINUTES auf diesem Rechner).</translation>
        </message>
        <message>
            <source>What changed is told, too. Kinds of change come from a table of rules on the NDVI and on an index of water, where names or roles of the bands tell red and near infrared, or from clusters of how bands changed. Haze and season are taken off by what did not change. Polygons are of one kind each, and have for each band NAME_before, NAME_after and NAME_change: means in the numbers of the first raster, to whose brightness the second is matched. The columns of ndvi, ndwi, mndwi and ndbi, from -1 to 1, are the indices of these means. A layer of polygons, such as parcels, is copied with the valid and the changed area, in square metres and hectares, and the shares, 0 to 1, of the valid area that changed at all and in each kind.</source>
            <translation>Auch was sich verändert hat, wird gesagt. Die Arten der Veränderung kommen aus einer Tabelle von Regeln über den NDVI und einen Wasserindex, wo Namen oder Rollen der Kanäle Rot und nahes Infrarot nennen, oder aus Clustern dessen, wie die Kanäle sich verändert haben. Dunst und Jahreszeit werden anhand dessen abgezogen, was sich nicht verändert hat. Jedes Polygon ist von einer Art und hat für jeden Kanal NAME_before, NAME_after und NAME_change: Mittelwerte in den Zahlen des ersten Rasters, an dessen Helligkeit das zweite angepasst ist. Die Spalten von ndvi, ndwi, mndwi und ndbi, von -1 bis 1, sind die Indizes dieser Mittelwerte. Ein Polygonlayer, etwa von Flurstücken, wird kopiert mit der gültigen und der veränderten Fläche, in Quadratmetern und Hektar, und mit den Anteilen, 0 bis 1, der gültigen Fläche, die sich überhaupt und in jeder Art verändert haben.</translation>
        </message>
        <message>
            <source>What each compared band sees, in their order, such as swir1,nir,red,green. Known are blue, green, red, rededge, nir, swir1 and swir2; other for the rest. Indices and kinds of change need them.</source>
            <translation>Was jeder verglichene Kanal sieht, in ihrer Reihenfolge, etwa swir1,nir,red,green. Bekannt sind blue, green, red, rededge, nir, swir1 und swir2; other für den Rest. Indizes und Arten der Veränderung brauchen sie.</translation>
        </message>
        <message>
            <source>What it says</source>
            <translation>Was es sagt</translation>
        </message>
        <message>
            <source>What jobs of qgis_ddpm run on.</source>
            <translation>Worauf Aufträge von qgis_ddpm laufen.</translation>
        </message>
        <message>
            <source>What the bands show, such as NIR,red,green, for files that do not say so; the model's samples have them too.</source>
            <translation>Was die Kanäle zeigen, etwa NIR,red,green, für Dateien, die es nicht sagen; auch die Ziehungen des Modells haben diese Namen.</translation>
        </message>
        <message>
            <source>What the mask marks grows by so many pixels, for the seams of clouds.</source>
            <translation>Was die Maske markiert, wächst um so viele Pixel, für die Säume von Wolken.</translation>
        </message>
        <message>
            <source>What the model is told beside the noise, so that it can be asked for: one raster for each training raster, in the same order, on any grid: land cover, elevation, another date or sensor, a coarser version of it. folders: the names of the subfolders of FOLDER, or the label files of MNIST.</source>
            <translation>Was dem Modell neben dem Rauschen gesagt wird, damit es sich verlangen lässt: ein Raster für jedes Trainingsraster, in derselben Reihenfolge, auf beliebigem Gitter: Landbedeckung, Höhe, ein anderes Datum oder ein anderer Sensor, eine gröbere Fassung davon. folders: die Namen der Unterordner von FOLDER, oder die Label-Dateien von MNIST.</translation>
        </message>
        <message>
            <source>What the model was worth</source>
            <translation>Was das Modell wert war</translation>
        </message>
        <message>
            <source>What the network predicts: noise, x0 (the image), v, edm (preconditioned by Karras et al. 2022), or wiener (what the best linear estimate leaves, so that few tiles and minutes go further).</source>
            <translation>Was das Netz vorhersagt: noise (das Rauschen), x0 (das Bild), v, edm (vorkonditioniert nach Karras et al. 2022), oder wiener (was die beste lineare Schätzung übrig lässt, sodass wenige Kacheln und Minuten weiter reichen).</translation>
        </message>
        <message>
            <source>What the network saw</source>
            <translation>Was das Netz sah</translation>
        </message>
        <message>
            <source>What the network sees: tiles of {} px cut at random from {}, {}; {}{} become -1 to 1.</source>
            <translation>Was das Netz sieht: Kacheln zu {} px, zufällig geschnitten aus {}, {}; {}{} werden zu -1 bis 1.</translation>
        </message>
        <message>
            <source>Where change is, in the same order: a raster that is nonzero there, or polygons. Nodata of a raster is left out, unless it is 0.</source>
            <translation>Wo Veränderung ist, in derselben Reihenfolge: ein Raster, das dort ungleich null ist, oder Polygone. Nodata eines Rasters bleibt aus, sofern es nicht 0 ist.</translation>
        </message>
        <message>
            <source>Where known pixels were held out, the root mean square error is: {}.</source>
            <translation>Wo bekannte Pixel zurückgehalten wurden, beträgt die Wurzel des mittleren quadratischen Fehlers: {}.</translation>
        </message>
        <message>
            <source>Where the map is right and wrong</source>
            <translation>Wo die Karte richtig und wo sie falsch ist</translation>
        </message>
        <message>
            <source>Where the network runs: auto, cpu, cuda, cuda:1 or mps. auto takes a GPU where one works.</source>
            <translation>Wo das Netz rechnet: auto, cpu, cuda, cuda:1 oder mps. auto nimmt eine Grafikkarte, wo eine funktioniert.</translation>
        </message>
        <message>
            <source>Where the result lies comes from the template raster, from extent, CRS and pixel size, or, where nothing is given, from the training raster or the first source raster. The same seed at the same place gives the same pixels.</source>
            <translation>Wo das Ergebnis liegt, sagen das Vorlageraster, oder Ausdehnung, KBS und Pixelgröße, oder, wo nichts angegeben ist, das Trainingsraster oder das erste Quellraster. Derselbe Startwert am selben Ort gibt dieselben Pixel.</translation>
        </message>
        <message>
            <source>Where they differ</source>
            <translation>Worin sie sich unterscheiden</translation>
        </message>
        <message>
            <source>Whether jobs can run, true or false</source>
            <translation>Ob Aufträge laufen können, true oder false</translation>
        </message>
        <message>
            <source>Which bands, in which order: names as in the product, such as B4 or B8A, or what they see, such as blue,green,red,nir,swir16,swir22, which are the same for all sensors.</source>
            <translation>Welche Kanäle in welcher Reihenfolge: Namen wie im Produkt, etwa B4 oder B8A, oder was sie sehen, etwa blue,green,red,nir,swir16,swir22, die bei allen Sensoren gleich sind.</translation>
        </message>
        <message>
            <source>Whose checkpoint it is; auto tells by the names of the weights.</source>
            <translation>Wessen Checkpoint es ist; auto erkennt es an den Namen der Gewichte.</translation>
        </message>
        <message>
            <source>Windows in one call of the network. It does not change the result.</source>
            <translation>Fenster in einem Aufruf des Netzes. Am Ergebnis ändert es nichts.</translation>
        </message>
        <message>
            <source>Windows with the most change</source>
            <translation>Fenster mit der meisten Veränderung</translation>
        </message>
        <message>
            <source>With a detector, which 'Train change detector' makes from your own labels or 'Import published checkpoint' from a published change head, changes are found as it has learned them. It brings its model, noise levels and threshold.</source>
            <translation>Mit einem Detektor, den „Veränderungsdetektor trainieren“ aus Ihren eigenen Referenzflächen oder „Veröffentlichten Checkpoint importieren“ aus einem veröffentlichten Veränderungskopf macht, werden Veränderungen so gefunden, wie er es gelernt hat. Er bringt sein Modell, seine Rauschstufen und seine Schwelle mit.</translation>
        </message>
        <message>
            <source>With source rasters in the place of a model, new ground is put together from their small pieces, from coarse to fine, without any training: rivers, fields and streets as they have them, in seconds. The tag SOURCE says what it is made of, the tag LARGEST_PIECE what was taken whole in one place. It is no anonymization: pieces are real. The same job gives the same pixels; another extent is other ground.</source>
            <translation>Mit Quellrastern anstelle eines Modells wird neues Land aus deren kleinen Stücken zusammengesetzt, vom Groben zum Feinen, ganz ohne Training: Flüsse, Felder und Straßen, wie sie sie haben, in Sekunden. Das Tag SOURCE sagt, woraus es besteht, das Tag LARGEST_PIECE, was im Ganzen von einem Ort übernommen wurde. Es ist keine Anonymisierung: Die Stücke sind echt. Derselbe Auftrag gibt dieselben Pixel; eine andere Ausdehnung ist anderes Land.</translation>
        </message>
        <message>
            <source>With {} synthetic tiles and {} real ones only large faults stand out. {} synthetic and {} real tiles or more are better; a smaller TILE_PX gives more.</source>
            <translation>Mit {} synthetischen und {} echten Kacheln fallen nur große Fehler auf. {} synthetische und {} echte oder mehr sind besser; ein kleineres TILE_PX ergibt mehr.</translation>
        </message>
        <message>
            <source>Without TRAINING nothing is said of whether the tiles are copies.</source>
            <translation>Ohne TRAINING wird nicht gesagt, ob die Kacheln Kopien sind.</translation>
        </message>
        <message>
            <source>Without a CRS, {} {} is laid on {} pixel by pixel.</source>
            <translation>Ohne KBS wird {} {} Pixel für Pixel auf {} gelegt.</translation>
        </message>
        <message>
            <source>Without a detector the denoiser is written: x, in [-1, 1] before the noise, and sigma in; the estimate of x out.</source>
            <translation>Ohne Detektor wird der Entrauscher geschrieben: Hinein gehen x, vor dem Rauschen in [-1, 1], und sigma; heraus kommt die Schätzung von x.</translation>
        </message>
        <message>
            <source>Without change in the sample, or on the map, these are not defined and are reported as 0: {}.</source>
            <translation>Ohne Veränderung in der Stichprobe oder auf der Karte sind diese nicht definiert und werden als 0 gemeldet: {}.</translation>
        </message>
        <message>
            <source>Without labels irmad measured better than features of diffusion models did (docs/change-detection-study.md)</source>
            <translation>Ohne Trainingsgebiete war irmad in Messungen besser als Merkmale von Diffusionsmodellen (docs/change-detection-study.md)</translation>
        </message>
        <message>
            <source>Without unseen real tiles MEMORISATION cannot be judged. Choose a REFERENCE beside TRAINING.</source>
            <translation>Ohne ungesehene echte Kacheln lässt sich MEMORISATION nicht beurteilen. Wählen Sie ein REFERENCE neben TRAINING.</translation>
        </message>
        <message>
            <source>Worker {} on Python {}.</source>
            <translation>Arbeitsprozess {} mit Python {}.</translation>
        </message>
        <message>
            <source>Write a model or a change detector for other programs: as an ONNX network, or as a STAC item that tells of it.</source>
            <translation>Ein Modell oder einen Veränderungsdetektor für andere Programme schreiben: als ONNX-Netz, oder als STAC-Item, das davon erzählt.</translation>
        </message>
        <message>
            <source>Write the weights of the model as 16-bit numbers: half the size, and results that differ in the third digit.</source>
            <translation>Die Gewichte des Modells als 16-Bit-Zahlen schreiben: halb so groß, und Ergebnisse, die in der dritten Stelle abweichen.</translation>
        </message>
        <message>
            <source>Writes a change detector or a diffusion model as a file for other programs, which need neither this plugin nor PyTorch.</source>
            <translation>Schreibt einen Veränderungsdetektor oder ein Diffusionsmodell als Datei für andere Programme, die weder dieses Plugin noch PyTorch brauchen.</translation>
        </message>
        <message>
            <source>YAML or JSON file of fields of 'Train diffusion model', and of sampler, steps and guidance, each with a list of values, such as `prediction: [edm, wiener]`. Every combination is one setting; under `list:` stand settings beside them.</source>
            <translation>YAML- oder JSON-Datei mit Feldern von 'Diffusionsmodell trainieren' und mit sampler, steps und guidance, jedes mit einer Liste von Werten, etwa `prediction: [edm, wiener]`. Jede Kombination ist eine Einstellung; unter `list:` stehen weitere daneben.</translation>
        </message>
        <message>
            <source>YAML or JSON file with fields of this job, or a configuration of the ddpm-cd code; fields set here win.</source>
            <translation>YAML- oder JSON-Datei mit Feldern dieses Auftrags, oder eine Konfiguration des Codes von ddpm-cd; was hier gesetzt ist, geht vor.</translation>
        </message>
        <message>
            <source>YAML or JSON file with fields of this job; fields set here win over it, it wins over the preset.</source>
            <translation>YAML- oder JSON-Datei mit Feldern dieses Auftrags; was hier gesetzt ist, geht ihr vor, sie geht der Voreinstellung vor.</translation>
        </message>
        <message>
            <source>a GeoTIFF that was written reads back differently</source>
            <translation>ein geschriebenes GeoTIFF wird anders zurückgelesen</translation>
        </message>
        <message>
            <source>a GeoTIFF was written and read back, coordinates were transformed</source>
            <translation>ein GeoTIFF wurde geschrieben und zurückgelesen, Koordinaten wurden transformiert</translation>
        </message>
        <message>
            <source>a change head on this network</source>
            <translation>ein Veränderungskopf auf diesem Netz</translation>
        </message>
        <message>
            <source>a detector for the model of fingerprint {}</source>
            <translation>ein Detektor für das Modell mit dem Fingerabdruck {}</translation>
        </message>
        <message>
            <source>a driver for NVIDIA cards is installed</source>
            <translation>ein Treiber für NVIDIA-Karten ist installiert</translation>
        </message>
        <message>
            <source>a file of somebody else has this name</source>
            <translation>eine fremde Datei heißt so</translation>
        </message>
        <message>
            <source>a finite number</source>
            <translation>eine endliche Zahl</translation>
        </message>
        <message>
            <source>a folder of this user, where it is found by itself</source>
            <translation>ein Ordner dieses Benutzers, wo sie von selbst gefunden wird</translation>
        </message>
        <message>
            <source>a labelled sample says what changed, or a sample is drawn</source>
            <translation>eine bestimmte Stichprobe sagt, was sich geändert hat, oder es wird eine gezogen</translation>
        </message>
        <message>
            <source>a list of texts</source>
            <translation>eine Liste von Texten</translation>
        </message>
        <message>
            <source>a list of texts, or one text with ';' between them</source>
            <translation>eine Liste von Texten oder ein Text mit ';' dazwischen</translation>
        </message>
        <message>
            <source>a matrix product or a convolution gives a wrong answer; update the driver and torch</source>
            <translation>ein Matrixprodukt oder eine Faltung ergibt Falsches; aktualisieren Sie Treiber und torch</translation>
        </message>
        <message>
            <source>a minute or two</source>
            <translation>ein bis zwei Minuten</translation>
        </message>
        <message>
            <source>a number</source>
            <translation>eine Zahl</translation>
        </message>
        <message>
            <source>a number below 1</source>
            <translation>eine Zahl unter 1</translation>
        </message>
        <message>
            <source>a quarter of the tile</source>
            <translation>ein Viertel der Kachel</translation>
        </message>
        <message>
            <source>a text</source>
            <translation>ein Text</translation>
        </message>
        <message>
            <source>a threshold that measured well on many scenes</source>
            <translation>eine Schwelle, die sich an vielen Szenen bewährt hat</translation>
        </message>
        <message>
            <source>a whole number</source>
            <translation>eine ganze Zahl</translation>
        </message>
        <message>
            <source>a {}number from {} to {}</source>
            <translation>eine {}Zahl von {} bis {}</translation>
        </message>
        <message>
            <source>accuracy,validation,f1,kappa,confusion matrix,iou,precision,recall,change detection</source>
            <translation>Genauigkeit,Validierung,f1,Kappa,Konfusionsmatrix,iou,Präzision,Trefferquote,Veränderungserkennung,accuracy</translation>
        </message>
        <message>
            <source>adding pip</source>
            <translation>pip wird zugefügt</translation>
        </message>
        <message>
            <source>after an eighth of the training</source>
            <translation>nach einem Achtel des Trainings</translation>
        </message>
        <message>
            <source>after {} tiles</source>
            <translation>nach {} Kacheln</translation>
        </message>
        <message>
            <source>all bands</source>
            <translation>alle Kanäle</translation>
        </message>
        <message>
            <source>all bands, or as many as the model has</source>
            <translation>alle Kanäle, oder so viele, wie das Modell hat</translation>
        </message>
        <message>
            <source>all bands, or as many as the model has; bands with names are matched by them</source>
            <translation>alle Bänder oder so viele, wie das Modell hat; Bänder mit Namen werden nach diesen zugeordnet</translation>
        </message>
        <message>
            <source>all but 0</source>
            <translation>alles außer 0</translation>
        </message>
        <message>
            <source>all but the panchromatic one</source>
            <translation>alle außer dem panchromatischen</translation>
        </message>
        <message>
            <source>all gaps are filled</source>
            <translation>alle Lücken werden gefüllt</translation>
        </message>
        <message>
            <source>all heads</source>
            <translation>alle Köpfe</translation>
        </message>
        <message>
            <source>all images</source>
            <translation>alle Bilder</translation>
        </message>
        <message>
            <source>all that another raster covers</source>
            <translation>alles, was ein anderes Raster bedeckt</translation>
        </message>
        <message>
            <source>all that both rasters cover</source>
            <translation>alles, was beide Raster bedecken</translation>
        </message>
        <message>
            <source>all that is not in the reference is unchanged</source>
            <translation>alles, was nicht in der Referenz ist, ist unverändert</translation>
        </message>
        <message>
            <source>all train on the same number</source>
            <translation>alle trainieren mit gleich vielen</translation>
        </message>
        <message>
            <source>are left out</source>
            <translation>entfallen</translation>
        </message>
        <message>
            <source>are left out where bands are compared, and seen by the model</source>
            <translation>entfallen, wo Kanäle verglichen werden, und werden vom Modell gesehen</translation>
        </message>
        <message>
            <source>as BUILD says</source>
            <translation>wie BUILD es sagt</translation>
        </message>
        <message>
            <source>as for the first date</source>
            <translation>wie beim ersten Zeitpunkt</translation>
        </message>
        <message>
            <source>as many as give the overall accuracy a standard error of 0.01</source>
            <translation>so viele, dass die Gesamtgenauigkeit einen Standardfehler von 0,01 hat</translation>
        </message>
        <message>
            <source>as pip is configured</source>
            <translation>wie pip eingestellt ist</translation>
        </message>
        <message>
            <source>as the files name them</source>
            <translation>wie die Dateien sie nennen</translation>
        </message>
        <message>
            <source>as the files say</source>
            <translation>wie die Dateien angeben</translation>
        </message>
        <message>
            <source>as the model was trained for, from 10 steps on</source>
            <translation>wie das Modell gelernt hat, ab 10 Schritten</translation>
        </message>
        <message>
            <source>as the preset says</source>
            <translation>wie die Voreinstellung es sagt</translation>
        </message>
        <message>
            <source>as the preset says, or MINUTES alone where it is set</source>
            <translation>wie die Voreinstellung es sagt, oder MINUTES allein, wo es gesetzt ist</translation>
        </message>
        <message>
            <source>as the seed of the training</source>
            <translation>wie der Startwert des Trainings</translation>
        </message>
        <message>
            <source>as the synthetic raster says, else the side of the smallest image, at most 64 px</source>
            <translation>wie das synthetische Raster es sagt, sonst die Seite des kleinsten Bildes, höchstens 64 px</translation>
        </message>
        <message>
            <source>at {}, on {} in {}: {} GFLOP a tile; the head costs {}.</source>
            <translation>bei {}, auf {} in {}: {} GFLOP je Kachel; der Kopf kostet {}.</translation>
        </message>
        <message>
            <source>auto does both and weighs them: known pixels are held out in gaps of the same shapes, and what is nearer to them counts more. From the same pixels it is known how far off estimates are: SPREAD is the expected error, and nine of ten errors lie within 1.64 times of it. Estimates are smooth; DRAWS are rasters that could be, each as rough as what is known.</source>
            <translation>auto tut beides und gewichtet es: Bekannte Pixel werden in Lücken derselben Formen zurückgehalten, und was ihnen näher kommt, zählt mehr. Von denselben Pixeln weiß man, wie weit Schätzungen danebenliegen: SPREAD ist der erwartete Fehler, und neun von zehn Fehlern liegen innerhalb des 1,64-Fachen. Schätzungen sind glatt; DRAWS sind mögliche Raster, jedes so rau wie das Bekannte.</translation>
        </message>
        <message>
            <source>bands in the same place have other names ({})</source>
            <translation>Kanäle an gleicher Stelle heißen anders ({})</translation>
        </message>
        <message>
            <source>bfloat16 products</source>
            <translation>bfloat16-Produkte</translation>
        </message>
        <message>
            <source>bfloat16 {} after {} tiles: this training goes on in float32 from there.</source>
            <translation>bfloat16 {} nach {} Kacheln: dieses Training geht von da an in float32 weiter.</translation>
        </message>
        <message>
            <source>bfloat16 {}: the network was called again in float32, and is from here on.</source>
            <translation>bfloat16 {}: das Netz wurde in float32 neu gerufen, und so von hier an.</translation>
        </message>
        <message>
            <source>bfloat16, then float32</source>
            <translation>bfloat16, dann float32</translation>
        </message>
        <message>
            <source>block</source>
            <translation>Block</translation>
        </message>
        <message>
            <source>blocks</source>
            <translation>Blöcke</translation>
        </message>
        <message>
            <source>byte</source>
            <translation>Byte</translation>
        </message>
        <message>
            <source>bytes</source>
            <translation>Bytes</translation>
        </message>
        <message>
            <source>call</source>
            <translation>Aufruf</translation>
        </message>
        <message>
            <source>calls</source>
            <translation>Aufrufe</translation>
        </message>
        <message>
            <source>cannot be used</source>
            <translation>nicht verwendbar</translation>
        </message>
        <message>
            <source>change</source>
            <translation>Veränderung</translation>
        </message>
        <message>
            <source>change detection,diffusion,ddpm,bitemporal,difference,irmad,mad,cva,deforestation,monitoring</source>
            <translation>Veränderungserkennung,Diffusion,ddpm,bitemporal,Differenz,irmad,mad,cva,Entwaldung,Monitoring,change detection</translation>
        </message>
        <message>
            <source>change detection,supervised,labels,training,diffusion,ddpm,siamese,levir-cd,whu-cd,dsifn,buildings</source>
            <translation>Veränderungserkennung,überwacht,Referenzflächen,Training,Diffusion,ddpm,siamesisch,levir-cd,whu-cd,dsifn,Gebäude</translation>
        </message>
        <message>
            <source>change detection,time series,multitemporal,temporal,dates,irmad,cva,deforestation,monitoring,Landsat</source>
            <translation>Veränderungen,Zeitreihe,multitemporal,zeitlich,Datum,irmad,cva,Entwaldung,Überwachung,Landsat</translation>
        </message>
        <message>
            <source>change found</source>
            <translation>Veränderung gefunden</translation>
        </message>
        <message>
            <source>change missed</source>
            <translation>Veränderung übersehen</translation>
        </message>
        <message>
            <source>change score, not calibrated</source>
            <translation>Veränderungswert, nicht kalibriert</translation>
        </message>
        <message>
            <source>change: 1 changed, 0 unchanged</source>
            <translation>Veränderung: 1 verändert, 0 unverändert</translation>
        </message>
        <message>
            <source>changed</source>
            <translation>verändert</translation>
        </message>
        <message>
            <source>changes are found without labels</source>
            <translation>Veränderungen werden ohne Trainingsgebiete gefunden</translation>
        </message>
        <message>
            <source>checking</source>
            <translation>prüft</translation>
        </message>
        <message>
            <source>chosen by itself</source>
            <translation>wird selbst gewählt</translation>
        </message>
        <message>
            <source>chosen from the memory</source>
            <translation>nach dem Speicher gewählt</translation>
        </message>
        <message>
            <source>classes: the numbers of a raster are classes. values: they are measures, scaled like bands. folders: images are labelled by the names of their subfolders, or by MNIST's label files. auto: whole numbers in one band are classes where there are at most 64 of them.</source>
            <translation>classes: Die Zahlen eines Rasters sind Klassen. values: Sie sind Messwerte, skaliert wie Kanäle. folders: Bilder sind durch die Namen ihrer Unterordner beschriftet, oder durch die Label-Dateien von MNIST. auto: Ganze Zahlen in einem Kanal sind Klassen, wo es höchstens 64 davon gibt.</translation>
        </message>
        <message>
            <source>comparing</source>
            <translation>vergleicht</translation>
        </message>
        <message>
            <source>comparing the dates</source>
            <translation>vergleicht die Zeitpunkte</translation>
        </message>
        <message>
            <source>computes rightly, {} MB free</source>
            <translation>rechnet richtig, {} MB frei</translation>
        </message>
        <message>
            <source>constant</source>
            <translation>konstant</translation>
        </message>
        <message>
            <source>counting the strata</source>
            <translation>zählt die Schichten</translation>
        </message>
        <message>
            <source>cpu ({}, {} threads)</source>
            <translation>cpu ({}, {} Threads)</translation>
        </message>
        <message>
            <source>cuda for NVIDIA cards (several GB), cpu for all else; auto looks for a card's driver and its CUDA version.</source>
            <translation>cuda für NVIDIA-Karten (mehrere GB), cpu für alles andere; auto sucht nach dem Treiber einer Karte und dessen CUDA-Version.</translation>
        </message>
        <message>
            <source>cycles across a tile</source>
            <translation>Schwingungen über eine Kachel</translation>
        </message>
        <message>
            <source>data</source>
            <translation>Daten</translation>
        </message>
        <message>
            <source>date of a strip</source>
            <translation>Zeitpunkt eines Streifens</translation>
        </message>
        <message>
            <source>dates of a strip</source>
            <translation>Zeitpunkte von Streifen</translation>
        </message>
        <message>
            <source>detector</source>
            <translation>Detektor</translation>
        </message>
        <message>
            <source>detectors</source>
            <translation>Detektoren</translation>
        </message>
        <message>
            <source>differs from float32 by {}</source>
            <translation>weicht von float32 um {} ab</translation>
        </message>
        <message>
            <source>diffusion,ddpm,ddpm-cd,sr3,pth,weights,pretrained,foundation model,pytorch,detector</source>
            <translation>Diffusion,ddpm,ddpm-cd,sr3,pth,Gewichte,vortrainiert,Grundmodell,pytorch,Detektor</translation>
        </message>
        <message>
            <source>diffusion,ddpm,deep learning,generative,neural network,u-net,training,imagery,conditional</source>
            <translation>Diffusion,ddpm,Deep Learning,generativ,neuronales Netz,u-net,Training,Bilder,bedingt</translation>
        </message>
        <message>
            <source>diffusion,ddpm,synthetic,generative,generate,texture,imagery,seamless,conditional,label,land cover,super-resolution,downscaling,training data</source>
            <translation>Diffusion,ddpm,synthetisch,generativ,erzeugen,Textur,Bilder,nahtlos,bedingt,Beschriftung,Landbedeckung,Superresolution,Verfeinerung,Trainingsdaten</translation>
        </message>
        <message>
            <source>diffusion,ddpm,training,hyperparameter,grid search,noise schedule,architecture,comparison,kid</source>
            <translation>Diffusion,ddpm,Training,Hyperparameter,Rastersuche,Rauschplan,Architektur,Vergleich,kid</translation>
        </message>
        <message>
            <source>done</source>
            <translation>fertig</translation>
        </message>
        <message>
            <source>download,model,detector,index,zoo,share,pretrained,licence,checksum,offline</source>
            <translation>herunterladen,Modell,Detektor,Verzeichnis,Zoo,teilen,vortrainiert,Lizenz,Prüfsumme,offline</translation>
        </message>
        <message>
            <source>dpmpp_2m needs the fewest steps; heun is exact at more; ddim is the classic; ddpm adds noise in each step; consistency is for models that were tuned for few calls.</source>
            <translation>dpmpp_2m braucht die wenigsten Schritte; heun ist bei mehr Schritten genau; ddim ist der Klassiker; ddpm fügt in jedem Schritt Rauschen zu; consistency ist für Modelle, die auf wenige Aufrufe abgestimmt sind.</translation>
        </message>
        <message>
            <source>dpmpp_2m, or consistency where the model was tuned for it</source>
            <translation>dpmpp_2m, oder consistency, wo das Modell darauf abgestimmt ist</translation>
        </message>
        <message>
            <source>drawing</source>
            <translation>zeichnet</translation>
        </message>
        <message>
            <source>drawing polygons</source>
            <translation>zeichnet Polygone</translation>
        </message>
        <message>
            <source>dropping small patches</source>
            <translation>entfernt kleine Flecken</translation>
        </message>
        <message>
            <source>each of {} heads leaves other pairs out and is measured on them, {} leave none out</source>
            <translation>jeder von {} Köpfen lässt andere Paare aus und wird daran gemessen, {} lassen keines aus</translation>
        </message>
        <message>
            <source>environment,python,torch,gpu,cuda,installation,diagnosis</source>
            <translation>Umgebung,python,torch,gpu,cuda,Installation,Diagnose</translation>
        </message>
        <message>
            <source>environment,python,torch,gpu,cuda,installation,install,venv,pip</source>
            <translation>Umgebung,python,torch,gpu,cuda,Installation,installieren,venv,pip</translation>
        </message>
        <message>
            <source>errors: 0 true negative, 1 true positive, 2 false positive, 3 false negative</source>
            <translation>Fehler: 0 richtig negativ, 1 richtig positiv, 2 falsch positiv, 3 falsch negativ</translation>
        </message>
        <message>
            <source>false alarm</source>
            <translation>Fehlalarm</translation>
        </message>
        <message>
            <source>features: differences of what a diffusion model sees. irmad: iteratively reweighted multivariate alteration detection, needs no model. cva: length of the change vector. auto: features where a detector or a model is named, else irmad, which measured better than features do without labels.</source>
            <translation>features: Unterschiede dessen, was ein Diffusionsmodell sieht. irmad: iterativ neu gewichtete multivariate Veränderungserkennung, braucht kein Modell. cva: Länge des Änderungsvektors. auto: features, wo ein Detektor oder ein Modell genannt ist, sonst irmad, das ohne Beispiele besser gemessen wurde als features.</translation>
        </message>
        <message>
            <source>file</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>file of unknown format</source>
            <translation>Datei unbekannten Formats</translation>
        </message>
        <message>
            <source>files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <source>filled</source>
            <translation>gefüllt</translation>
        </message>
        <message>
            <source>filling the gaps</source>
            <translation>füllt die Lücken</translation>
        </message>
        <message>
            <source>first change (yyyymmdd)</source>
            <translation>erste Veränderung (jjjjmmtt)</translation>
        </message>
        <message>
            <source>first raster of SOURCE</source>
            <translation>erste Raster von SOURCE</translation>
        </message>
        <message>
            <source>flipped and turned by right angles at random</source>
            <translation>zufällig gespiegelt und um rechte Winkel gedreht</translation>
        </message>
        <message>
            <source>flipped at random</source>
            <translation>zufällig gespiegelt</translation>
        </message>
        <message>
            <source>for HEAD siamese, or TUNE from random weights; the detector then needs none either</source>
            <translation>für HEAD siamese, oder TUNE von zufälligen Gewichten aus; dann braucht auch der Detektor keines</translation>
        </message>
        <message>
            <source>from the names of the files, such as 20050712 or 2005-07-12, else from their metadata</source>
            <translation>aus den Namen der Dateien, etwa 20050712 oder 2005-07-12, sonst aus ihren Metadaten</translation>
        </message>
        <message>
            <source>gain of vegetation</source>
            <translation>Zunahme von Vegetation</translation>
        </message>
        <message>
            <source>gap,fill,nodata,stripes,landsat 7,slc-off,clouds,void,dem,inpainting,kriging,interpolation,restoration</source>
            <translation>Lücke,füllen,nodata,Streifen,Landsat 7,SLC-off,Wolken,Fehlstelle,DGM,Inpainting,Kriging,Interpolation,Wiederherstellung</translation>
        </message>
        <message>
            <source>gave numbers that are not finite</source>
            <translation>ergab Zahlen, die nicht endlich sind</translation>
        </message>
        <message>
            <source>gives numbers that are not finite</source>
            <translation>ergibt Zahlen, die nicht endlich sind</translation>
        </message>
        <message>
            <source>highest</source>
            <translation>Höchstes</translation>
        </message>
        <message>
            <source>holding known pixels out</source>
            <translation>bekannte Pixel werden zurückgehalten</translation>
        </message>
        <message>
            <source>images</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>inputs without {}</source>
            <translation>Eingaben ohne {}</translation>
        </message>
        <message>
            <source>installing the other packages</source>
            <translation>die anderen Pakete werden installiert</translation>
        </message>
        <message>
            <source>installing torch</source>
            <translation>torch wird installiert</translation>
        </message>
        <message>
            <source>interpolation</source>
            <translation>Interpolation</translation>
        </message>
        <message>
            <source>it asks for too much memory</source>
            <translation>es verlangt zu viel Arbeitsspeicher</translation>
        </message>
        <message>
            <source>it has {} bands and '{}' has {}</source>
            <translation>es hat {} Kanäle und '{}' hat {}</translation>
        </message>
        <message>
            <source>it has {} band{} and the raster {}</source>
            <translation>es hat {0} Kanäle und das Raster {2}</translation>
        </message>
        <message>
            <source>it is shorter than what was written</source>
            <translation>sie ist kürzer, als was geschrieben wurde</translation>
        </message>
        <message>
            <source>it was trained on pixels of {} m and those of '{}' have {} m</source>
            <translation>es wurde auf Pixeln von {} m trainiert, und die von '{}' haben {} m</translation>
        </message>
        <message>
            <source>it was trained on values of {} to {} and '{}' has {} to {}</source>
            <translation>es wurde auf Werten von {} bis {} trainiert, und '{}' hat {} bis {}</translation>
        </message>
        <message>
            <source>it was trained on {} and '{}' is {}, whose units may be others</source>
            <translation>es wurde auf {} trainiert, und '{}' ist {}, womöglich in anderen Einheiten</translation>
        </message>
        <message>
            <source>it was trained on {} and the raster is {}, whose units may be others</source>
            <translation>es wurde auf {} trainiert und das Raster ist {}, womöglich in anderen Einheiten</translation>
        </message>
        <message>
            <source>iteration</source>
            <translation>Durchgang</translation>
        </message>
        <message>
            <source>iterations</source>
            <translation>Durchgänge</translation>
        </message>
        <message>
            <source>its CRS is no text</source>
            <translation>sein KBS ist kein Text</translation>
        </message>
        <message>
            <source>its own name in the models folder</source>
            <translation>sein eigener Name im Modellordner</translation>
        </message>
        <message>
            <source>its pixels were of {} m and these are of {} m</source>
            <translation>seine Pixel waren {} m groß und diese sind {} m groß</translation>
        </message>
        <message>
            <source>kind of change, 0 unchanged</source>
            <translation>Art der Veränderung, 0 unverändert</translation>
        </message>
        <message>
            <source>kinds by rules on indices, where bands have the roles red and nir</source>
            <translation>Arten nach Regeln über Indizes, wo Kanäle die Rollen red und nir haben</translation>
        </message>
        <message>
            <source>kriging: the best linear estimate from known pixels around. regression: from other dates, its errors kriged. auto: both, weighted by their errors where known pixels are held out. network: with what a small network learns from holes in known places. diffusion: so, and the network makes the draws too.</source>
            <translation>kriging: die beste lineare Schätzung aus bekannten Pixeln ringsum. regression: aus anderen Zeitpunkten, deren Fehler gekrigt. auto: beides, gewichtet nach den Fehlern, wo bekannte Pixel zurückgehalten werden. network: dazu, was ein kleines Netz aus Löchern an bekannten Stellen lernt. diffusion: ebenso, und das Netz macht auch die Ziehungen.</translation>
        </message>
        <message>
            <source>learning what to look at</source>
            <translation>lernt, worauf zu achten ist</translation>
        </message>
        <message>
            <source>learning_rate: [0.001, 0.002]</source>
            <translation>learning_rate: [0.001, 0.002]</translation>
        </message>
        <message>
            <source>left out by</source>
            <translation>ausgelassen von</translation>
        </message>
        <message>
            <source>less than 0.1%</source>
            <translation>weniger als 0,1 %</translation>
        </message>
        <message>
            <source>licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>log10 of sigma (noise over signal)</source>
            <translation>log10 von Sigma (Rauschen durch Signal)</translation>
        </message>
        <message>
            <source>looking at SOURCE</source>
            <translation>SOURCE wird angesehen</translation>
        </message>
        <message>
            <source>looking for copies</source>
            <translation>Kopien werden gesucht</translation>
        </message>
        <message>
            <source>looking for gaps</source>
            <translation>Lücken werden gesucht</translation>
        </message>
        <message>
            <source>looking for pip</source>
            <translation>pip wird gesucht</translation>
        </message>
        <message>
            <source>loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <source>loss of vegetation</source>
            <translation>Verlust von Vegetation</translation>
        </message>
        <message>
            <source>loss {}, {} tiles/s</source>
            <translation>Verlust {}, {} Kacheln/s</translation>
        </message>
        <message>
            <source>lowest</source>
            <translation>Niedrigstes</translation>
        </message>
        <message>
            <source>making the environment</source>
            <translation>die Umgebung wird gemacht</translation>
        </message>
        <message>
            <source>map</source>
            <translation>Karte</translation>
        </message>
        <message>
            <source>maps</source>
            <translation>Karten</translation>
        </message>
        <message>
            <source>match: fit the second date's brightness to the first on pixels that did not change.</source>
            <translation>match: Die Helligkeit des zweiten Zeitpunkts an den ersten anpassen, an Pixeln, die sich nicht verändert haben.</translation>
        </message>
        <message>
            <source>mean F1 of pairs</source>
            <translation>mittleres F1 der Paare</translation>
        </message>
        <message>
            <source>mean of pairs</source>
            <translation>Mittel der Paare</translation>
        </message>
        <message>
            <source>measuring a few tiles</source>
            <translation>einige Kacheln werden gemessen</translation>
        </message>
        <message>
            <source>measuring how neighbours agree</source>
            <translation>misst, wie Nachbarn übereinstimmen</translation>
        </message>
        <message>
            <source>measuring one call of the network</source>
            <translation>ein Aufruf des Netzes wird gemessen</translation>
        </message>
        <message>
            <source>measuring one strip</source>
            <translation>ein Streifen wird gemessen</translation>
        </message>
        <message>
            <source>measuring one tile</source>
            <translation>eine Kachel wird gemessen</translation>
        </message>
        <message>
            <source>measuring one window</source>
            <translation>ein Fenster wird gemessen</translation>
        </message>
        <message>
            <source>measuring some comparisons</source>
            <translation>einige Vergleiche werden gemessen</translation>
        </message>
        <message>
            <source>measuring the dates</source>
            <translation>misst die Zeitpunkte</translation>
        </message>
        <message>
            <source>minutes</source>
            <translation>Minuten</translation>
        </message>
        <message>
            <source>model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>model name</source>
            <translation>Modellname</translation>
        </message>
        <message>
            <source>models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>name of band {}</source>
            <translation>Name von Kanal {}</translation>
        </message>
        <message>
            <source>near change</source>
            <translation>nahe an Veränderung</translation>
        </message>
        <message>
            <source>network fits a small network to known pixels of the raster itself, in holes that are made there, for about MINUTES of one processor core; it counts as much as it is better where known pixels are held out. diffusion lets this network make the draws too: each begins from a simulated one, gets noise, and loses it in two steps.</source>
            <translation>network passt ein kleines Netz an bekannte Pixel des Rasters selbst an, in Löchern, die dort gemacht werden, etwa MINUTES eines Prozessorkerns lang; es zählt so viel, wie es besser ist, wo bekannte Pixel zurückgehalten werden. diffusion lässt dieses Netz auch die Ziehungen machen: jede beginnt bei einer simulierten, bekommt Rauschen und verliert es in zwei Schritten.</translation>
        </message>
        <message>
            <source>never flipped or turned</source>
            <translation>nie gespiegelt oder gedreht</translation>
        </message>
        <message>
            <source>new bare or built ground</source>
            <translation>neuer offener oder bebauter Boden</translation>
        </message>
        <message>
            <source>no</source>
            <translation>nein</translation>
        </message>
        <message>
            <source>no GDAL is found through {}</source>
            <translation>über {} wird kein GDAL gefunden</translation>
        </message>
        <message>
            <source>no cap</source>
            <translation>keine Obergrenze</translation>
        </message>
        <message>
            <source>no change</source>
            <translation>keine Veränderung</translation>
        </message>
        <message>
            <source>no driver for NVIDIA cards is installed</source>
            <translation>kein Treiber für NVIDIA-Karten ist installiert</translation>
        </message>
        <message>
            <source>no file</source>
            <translation>keine Datei</translation>
        </message>
        <message>
            <source>no level</source>
            <translation>keiner Stufe</translation>
        </message>
        <message>
            <source>no limit</source>
            <translation>keine Grenze</translation>
        </message>
        <message>
            <source>no limit of time</source>
            <translation>keine zeitliche Grenze</translation>
        </message>
        <message>
            <source>no limit where MINUTES is set, else 4000 for the heads topdown and siamese, 3000 for the others</source>
            <translation>keine Grenze, wo MINUTES gesetzt ist, sonst 4000 für die Köpfe topdown und siamese, 3000 für die übrigen</translation>
        </message>
        <message>
            <source>no mask</source>
            <translation>keine Maske</translation>
        </message>
        <message>
            <source>no masks</source>
            <translation>keine Masken</translation>
        </message>
        <message>
            <source>no nodata</source>
            <translation>kein Nodata</translation>
        </message>
        <message>
            <source>no pixel of {} is valid in all of its chosen bands at once{}. Choose fewer bands</source>
            <translation>kein Pixel von {} ist in allen gewählten Kanälen zugleich gültig{}. Wählen Sie weniger Kanäle</translation>
        </message>
        <message>
            <source>no record</source>
            <translation>keine Aufzeichnung</translation>
        </message>
        <message>
            <source>no report</source>
            <translation>kein Bericht</translation>
        </message>
        <message>
            <source>no sample</source>
            <translation>keine Stichprobe</translation>
        </message>
        <message>
            <source>no statistics</source>
            <translation>keine Statistik</translation>
        </message>
        <message>
            <source>no stratum reaches so far</source>
            <translation>keine Schicht reicht so weit</translation>
        </message>
        <message>
            <source>noise levels</source>
            <translation>Rauschstufen</translation>
        </message>
        <message>
            <source>not drawn</source>
            <translation>wird nicht gezogen</translation>
        </message>
        <message>
            <source>not installed</source>
            <translation>nicht installiert</translation>
        </message>
        <message>
            <source>not led by the condition</source>
            <translation>nicht von der Bedingung geführt</translation>
        </message>
        <message>
            <source>not written</source>
            <translation>wird nicht geschrieben</translation>
        </message>
        <message>
            <source>nothing is asked for</source>
            <translation>nichts ist verlangt</translation>
        </message>
        <message>
            <source>nothing is asked for by place</source>
            <translation>nichts ist nach dem Ort verlangt</translation>
        </message>
        <message>
            <source>nothing was kept</source>
            <translation>nichts wurde behalten</translation>
        </message>
        <message>
            <source>number of changes</source>
            <translation>Zahl der Veränderungen</translation>
        </message>
        <message>
            <source>of the averaged weights</source>
            <translation>der gemittelten Gewichte</translation>
        </message>
        <message>
            <source>of the averaged weights, in edm's units</source>
            <translation>der gemittelten Gewichte, in Einheiten von edm</translation>
        </message>
        <message>
            <source>one of {}</source>
            <translation>eines von {}</translation>
        </message>
        <message>
            <source>only the diffusion model is imported</source>
            <translation>nur das Diffusionsmodell wird importiert</translation>
        </message>
        <message>
            <source>only the folder of tiles is used</source>
            <translation>nur der Ordner mit Kacheln wird benutzt</translation>
        </message>
        <message>
            <source>only the layers are used</source>
            <translation>nur die Layer werden benutzt</translation>
        </message>
        <message>
            <source>only the raster is used</source>
            <translation>nur das Raster wird benutzt</translation>
        </message>
        <message>
            <source>only the rasters are used</source>
            <translation>nur die Raster werden benutzt</translation>
        </message>
        <message>
            <source>onnx,deepness,openeo,stac,mlm,export,share,deploy,onnxruntime,detector,diffusion</source>
            <translation>onnx,deepness,openeo,stac,mlm,Export,teilen,weitergeben,onnxruntime,Detektor,Diffusion</translation>
        </message>
        <message>
            <source>onnx: a detector becomes one network with its model inside. It takes one raster that holds the bands of the first date and then those of the second, in their own numbers, and answers with the probability of change; where a band has no data the answer is 0. Windows, overlap, pixel size, threshold and the name of the class stand in the file under the names that the plugin Deepness reads, as model type Segmentor. ONNX Runtime runs it anywhere, and so do the user-defined functions of openEO. Noise, where a detector uses some, is fixed by the seed.</source>
            <translation>onnx: Ein Detektor wird mit seinem Modell zu einem Netz. Es nimmt ein Raster, das die Kanäle des ersten Zeitpunkts und danach die des zweiten in ihren eigenen Zahlen enthält, und antwortet mit der Wahrscheinlichkeit der Veränderung; wo ein Kanal keine Daten hat, ist die Antwort 0. Fenster, Überlappung, Pixelgröße, Schwelle und der Name der Klasse stehen in der Datei unter den Namen, die das Plugin Deepness liest, als Modelltyp Segmentor. ONNX Runtime führt es überall aus, ebenso die benutzerdefinierten Funktionen von openEO. Rauschen, wo ein Detektor welches braucht, liegt durch den Startwert fest.</translation>
        </message>
        <message>
            <source>onnx: the network with its weights, for ONNX Runtime, Deepness and openEO. stac: a STAC item with the Machine Learning Model extension, which tells what a file is, reads and may be used for.</source>
            <translation>onnx: das Netz mit seinen Gewichten, für ONNX Runtime, Deepness und openEO. stac: ein STAC-Item mit der Erweiterung Machine Learning Model, das sagt, was eine Datei ist, was sie liest und wofür sie genutzt werden darf.</translation>
        </message>
        <message>
            <source>other change</source>
            <translation>andere Veränderung</translation>
        </message>
        <message>
            <source>out of memory</source>
            <translation>Arbeitsspeicher voll</translation>
        </message>
        <message>
            <source>overall accuracy</source>
            <translation>Gesamtgenauigkeit</translation>
        </message>
        <message>
            <source>packages are downloaded</source>
            <translation>die Pakete werden heruntergeladen</translation>
        </message>
        <message>
            <source>pair</source>
            <translation>Paar</translation>
        </message>
        <message>
            <source>pair of dates</source>
            <translation>Paar von Zeitpunkten</translation>
        </message>
        <message>
            <source>pairs</source>
            <translation>Paare</translation>
        </message>
        <message>
            <source>pairs of dates</source>
            <translation>Paare von Zeitpunkten</translation>
        </message>
        <message>
            <source>part</source>
            <translation>Teil</translation>
        </message>
        <message>
            <source>parts</source>
            <translation>Teile</translation>
        </message>
        <message>
            <source>percent</source>
            <translation>Prozent</translation>
        </message>
        <message>
            <source>pieces of {}{}</source>
            <translation>Stücke von {}{}</translation>
        </message>
        <message>
            <source>pixels</source>
            <translation>Pixel</translation>
        </message>
        <message>
            <source>place</source>
            <translation>Ort</translation>
        </message>
        <message>
            <source>places</source>
            <translation>Orte</translation>
        </message>
        <message>
            <source>point layer</source>
            <translation>Punktlayer</translation>
        </message>
        <message>
            <source>polygon</source>
            <translation>Polygon</translation>
        </message>
        <message>
            <source>polygon layer</source>
            <translation>Polygonlayer</translation>
        </message>
        <message>
            <source>polygons</source>
            <translation>Polygone</translation>
        </message>
        <message>
            <source>power in dB</source>
            <translation>Leistung in dB</translation>
        </message>
        <message>
            <source>precision</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <source>predicted</source>
            <translation>kartiert</translation>
        </message>
        <message>
            <source>prediction: [edm, wiener, noise]</source>
            <translation>prediction: [edm, wiener, noise]</translation>
        </message>
        <message>
            <source>probability</source>
            <translation>Wahrscheinlichkeit</translation>
        </message>
        <message>
            <source>probability of change</source>
            <translation>Veränderungswahrscheinlichkeit</translation>
        </message>
        <message>
            <source>processors</source>
            <translation>Prozessoren</translation>
        </message>
        <message>
            <source>px</source>
            <translation>px</translation>
        </message>
        <message>
            <source>quality,realism,variety,kid,fid,frechet,precision,recall,coverage,memorisation,spectrum,synthetic</source>
            <translation>Qualität,Realismus,Vielfalt,kid,fid,frechet,Präzision,Trefferquote,Abdeckung,Memorisierung,Spektrum,synthetisch</translation>
        </message>
        <message>
            <source>range of band {}</source>
            <translation>Wertebereich von Kanal {}</translation>
        </message>
        <message>
            <source>raster</source>
            <translation>Raster</translation>
        </message>
        <message>
            <source>rasters</source>
            <translation>Raster</translation>
        </message>
        <message>
            <source>reading</source>
            <translation>liest</translation>
        </message>
        <message>
            <source>reading SOURCE</source>
            <translation>SOURCE wird gelesen</translation>
        </message>
        <message>
            <source>reading a sample</source>
            <translation>eine Stichprobe wird gelesen</translation>
        </message>
        <message>
            <source>reading labels</source>
            <translation>Referenzflächen werden gelesen</translation>
        </message>
        <message>
            <source>reading pip's configuration</source>
            <translation>die Einstellungen von pip werden gelesen</translation>
        </message>
        <message>
            <source>reading the files once more</source>
            <translation>die Dateien werden noch einmal gelesen</translation>
        </message>
        <message>
            <source>reading tiles</source>
            <translation>Kacheln werden gelesen</translation>
        </message>
        <message>
            <source>reading with the model</source>
            <translation>liest mit dem Modell</translation>
        </message>
        <message>
            <source>real</source>
            <translation>echt</translation>
        </message>
        <message>
            <source>real, unseen</source>
            <translation>echt, ungesehen</translation>
        </message>
        <message>
            <source>recall</source>
            <translation>Trefferquote</translation>
        </message>
        <message>
            <source>resample</source>
            <translation>Ziehung</translation>
        </message>
        <message>
            <source>resamples</source>
            <translation>Ziehungen</translation>
        </message>
        <message>
            <source>row</source>
            <translation>Zeile</translation>
        </message>
        <message>
            <source>row of windows</source>
            <translation>Fensterreihe</translation>
        </message>
        <message>
            <source>rows</source>
            <translation>Zeilen</translation>
        </message>
        <message>
            <source>rows of windows</source>
            <translation>Fensterreihen</translation>
        </message>
        <message>
            <source>s per tile</source>
            <translation>s je Kachel</translation>
        </message>
        <message>
            <source>schedule sigma_min, sigma_max</source>
            <translation>Schema sigma_min, sigma_max</translation>
        </message>
        <message>
            <source>scores</source>
            <translation>Werte</translation>
        </message>
        <message>
            <source>setting</source>
            <translation>Einstellung</translation>
        </message>
        <message>
            <source>settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>spread</source>
            <translation>Streuung</translation>
        </message>
        <message>
            <source>spread of {}</source>
            <translation>Streuung von {}</translation>
        </message>
        <message>
            <source>square metres</source>
            <translation>Quadratmeter</translation>
        </message>
        <message>
            <source>square metres (pixels where there is no CRS)</source>
            <translation>Quadratmeter (Pixel, wo kein KBS ist)</translation>
        </message>
        <message>
            <source>stac: a STAC item with the Machine Learning Model extension tells of a file that you share: its bands, its scaling, its licence and a checksum. Put it beside the file.</source>
            <translation>stac: Ein STAC-Item mit der Erweiterung Machine Learning Model erzählt von einer Datei, die Sie weitergeben: ihre Kanäle, ihre Skalierung, ihre Lizenz und eine Prüfsumme. Legen Sie es neben die Datei.</translation>
        </message>
        <message>
            <source>stacking the bands</source>
            <translation>die Kanäle werden gestapelt</translation>
        </message>
        <message>
            <source>standard deviation of the change score</source>
            <translation>Standardabweichung des Veränderungswerts</translation>
        </message>
        <message>
            <source>standard: bring both dates to one brightness and contrast, band by band, before the model sees them; 'Detect changes' will do the same. none: as they are.</source>
            <translation>standard: beide Zeitpunkte vor dem Modell Kanal für Kanal auf dieselbe Helligkeit und denselben Kontrast bringen; „Veränderungen erkennen“ tut dann dasselbe. none: wie sie sind.</translation>
        </message>
        <message>
            <source>statistics</source>
            <translation>Statistik</translation>
        </message>
        <message>
            <source>step</source>
            <translation>Schritt</translation>
        </message>
        <message>
            <source>steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>strength of the strongest change</source>
            <translation>Stärke der stärksten Veränderung</translation>
        </message>
        <message>
            <source>strides {}, encoder {}</source>
            <translation>Schritte {}, Kodierer {}</translation>
        </message>
        <message>
            <source>strip</source>
            <translation>Streifen</translation>
        </message>
        <message>
            <source>strips</source>
            <translation>Streifen</translation>
        </message>
        <message>
            <source>strongest change (yyyymmdd)</source>
            <translation>stärkste Veränderung (jjjjmmtt)</translation>
        </message>
        <message>
            <source>synthetic</source>
            <translation>synthetisch</translation>
        </message>
        <message>
            <source>synthetic minus real in dB</source>
            <translation>synthetisch minus echt in dB</translation>
        </message>
        <message>
            <source>tell the detector nothing</source>
            <translation>sagen dem Detektor nichts</translation>
        </message>
        <message>
            <source>telling kinds of change</source>
            <translation>bestimmt die Arten der Veränderung</translation>
        </message>
        <message>
            <source>temporary: QGIS removes it when it is closed</source>
            <translation>temporär: QGIS entfernt es beim Schließen</translation>
        </message>
        <message>
            <source>that of 'Detect changes', made stricter by the number of dates</source>
            <translation>der von „Veränderungen erkennen“, strenger je nach Zahl der Daten</translation>
        </message>
        <message>
            <source>that of the detection, which is written in the raster</source>
            <translation>die der Erkennung, die im Raster steht</translation>
        </message>
        <message>
            <source>that of the models which came with the plugin or the checkout; the network is not used</source>
            <translation>das der Modelle, die mit dem Plugin oder der Arbeitskopie kamen; das Netz wird nicht benutzt</translation>
        </message>
        <message>
            <source>the CRS of {} ({}) cannot be brought to that of {} ({}). Set the right CRS of both</source>
            <translation>das KBS von {} ({}) kann nicht in das von {} ({}) überführt werden. Setzen Sie das richtige KBS beider</translation>
        </message>
        <message>
            <source>the Python that QGIS runs on, where it serves, else one installed on this machine or brought by uv</source>
            <translation>das Python, auf dem QGIS läuft, wo es taugt, sonst eines, das auf diesem Rechner installiert ist oder das uv mitbringt</translation>
        </message>
        <message>
            <source>the bands of INPUT</source>
            <translation>die Kanäle von INPUT</translation>
        </message>
        <message>
            <source>the change map</source>
            <translation>die Veränderungskarte</translation>
        </message>
        <message>
            <source>the detector's</source>
            <translation>das des Detektors</translation>
        </message>
        <message>
            <source>the detector's own, or 0.5</source>
            <translation>der des Detektors, oder 0,5</translation>
        </message>
        <message>
            <source>the detector's own, or found from the scores</source>
            <translation>die des Detektors, oder aus den Werten bestimmt</translation>
        </message>
        <message>
            <source>the detector's, or for METHOD features the first in the models folder whose bands fit</source>
            <translation>das des Detektors, oder für METHOD features das erste im Modellordner, dessen Kanäle passen</translation>
        </message>
        <message>
            <source>the diffusion model itself is exported</source>
            <translation>das Diffusionsmodell selbst wird exportiert</translation>
        </message>
        <message>
            <source>the field whose values all are classes of the model</source>
            <translation>das Feld, dessen Werte alle Klassen des Modells sind</translation>
        </message>
        <message>
            <source>the finest of the bands</source>
            <translation>die feinste der Kanäle</translation>
        </message>
        <message>
            <source>the folder {}</source>
            <translation>dem Ordner {}</translation>
        </message>
        <message>
            <source>the labels of {} say nothing where its dates are valid. Check their nodata and their place</source>
            <translation>die Referenz von {} sagt nichts, wo ihre Zeitpunkte gültig sind. Prüfen Sie Nodata und Lage</translation>
        </message>
        <message>
            <source>the learning rate of all is the same</source>
            <translation>die Lernrate ist bei allen gleich</translation>
        </message>
        <message>
            <source>the lists here alone</source>
            <translation>nur die Listen hier</translation>
        </message>
        <message>
            <source>the lists here and GRID alone</source>
            <translation>nur die Listen hier und GRID</translation>
        </message>
        <message>
            <source>the method's own</source>
            <translation>die des Verfahrens</translation>
        </message>
        <message>
            <source>the model is told nothing</source>
            <translation>dem Modell wird nichts gesagt</translation>
        </message>
        <message>
            <source>the network of {}</source>
            <translation>das Netz von {}</translation>
        </message>
        <message>
            <source>the one for macOS, which uses Apple's GPUs too</source>
            <translation>die für macOS, die auch Apples Grafikprozessoren nutzt</translation>
        </message>
        <message>
            <source>the one that jobs use</source>
            <translation>das, das die Aufträge benutzen</translation>
        </message>
        <message>
            <source>the optimizer of all is the same</source>
            <translation>der Optimierer ist bei allen gleich</translation>
        </message>
        <message>
            <source>the pair of {}</source>
            <translation>das Paar von {}</translation>
        </message>
        <message>
            <source>the path of a {} file</source>
            <translation>der Pfad einer {}-Datei</translation>
        </message>
        <message>
            <source>the pixels fill only {} of the range of its training, {} to {}</source>
            <translation>die Pixel füllen nur {} des Bereichs seines Trainings, {} bis {}</translation>
        </message>
        <message>
            <source>the polygons that are copied</source>
            <translation>die Polygone, die kopiert werden</translation>
        </message>
        <message>
            <source>the prediction of all is the same</source>
            <translation>die Vorhersage ist bei allen gleich</translation>
        </message>
        <message>
            <source>the program said nothing</source>
            <translation>das Programm sagte nichts</translation>
        </message>
        <message>
            <source>the provider's settings</source>
            <translation>den Einstellungen des Anbieters</translation>
        </message>
        <message>
            <source>the raster</source>
            <translation>das Raster</translation>
        </message>
        <message>
            <source>the raster alone</source>
            <translation>das Raster allein</translation>
        </message>
        <message>
            <source>the schedule of all is the same</source>
            <translation>der Rauschplan ist bei allen gleich</translation>
        </message>
        <message>
            <source>the template's, or that of the training raster or of SOURCE</source>
            <translation>die des Vorlagerasters, oder die des Trainingsrasters oder von SOURCE</translation>
        </message>
        <message>
            <source>the training raster's, or EXTENT, CRS and PIXEL_SIZE</source>
            <translation>das des Trainingsrasters, oder EXTENT, CRS und PIXEL_SIZE</translation>
        </message>
        <message>
            <source>the training starts from nothing</source>
            <translation>das Training beginnt bei nichts</translation>
        </message>
        <message>
            <source>the whole length</source>
            <translation>die ganze Länge</translation>
        </message>
        <message>
            <source>the whole raster</source>
            <translation>das ganze Raster</translation>
        </message>
        <message>
            <source>this detector</source>
            <translation>dieser Detektor</translation>
        </message>
        <message>
            <source>this one</source>
            <translation>dieses</translation>
        </message>
        <message>
            <source>this process alone</source>
            <translation>dieser Prozess allein</translation>
        </message>
        <message>
            <source>threshold</source>
            <translation>Schwelle</translation>
        </message>
        <message>
            <source>threshold,change detection,probability,score,mask,polygons,sieve,minimum mapping unit</source>
            <translation>Schwelle,Schwellwert,Veränderungserkennung,Wahrscheinlichkeit,Maske,Polygone,Mindestfläche,change detection,threshold</translation>
        </message>
        <message>
            <source>tile</source>
            <translation>Kachel</translation>
        </message>
        <message>
            <source>tile size, schedule and steps as usual with that publisher, each said in a note</source>
            <translation>Kachelgröße, Plan und Schritte wie bei diesem Herausgeber üblich, jedes in einer Mitteilung genannt</translation>
        </message>
        <message>
            <source>tile_px {}</source>
            <translation>tile_px {}</translation>
        </message>
        <message>
            <source>tiles</source>
            <translation>Kacheln</translation>
        </message>
        <message>
            <source>tiles per second</source>
            <translation>Kacheln je Sekunde</translation>
        </message>
        <message>
            <source>tiles seen</source>
            <translation>gesehene Kacheln</translation>
        </message>
        <message>
            <source>tiles, gflop where networks differ in size, or minutes where MINUTES stands alone</source>
            <translation>tiles, gflop bei verschieden großen Netzen, oder minutes, wo MINUTES allein steht</translation>
        </message>
        <message>
            <source>tiles: separate tiles side by side. seamless: one area without borders between tiles.</source>
            <translation>tiles: einzelne Kacheln nebeneinander. seamless: eine Fläche ohne Ränder zwischen Kacheln.</translation>
        </message>
        <message>
            <source>told by the names of the bands, such as NIR, B8 or SR_B5</source>
            <translation>nach den Namen der Kanäle, etwa NIR, B8 oder SR_B5</translation>
        </message>
        <message>
            <source>topdown: several small networks on what the model sees at each scale, each trained on other pairs. siamese: the same on the dates alone. linear: weighs how the model's estimates differ, in a minute. ours: learns filters on its features. published: that of ddpm-cd.</source>
            <translation>topdown: mehrere kleine Netze auf dem, was das Modell in jedem Maßstab sieht, jedes auf anderen Paaren trainiert. siamese: dasselbe auf den Zeitpunkten allein. linear: gewichtet, wie sich die Schätzungen des Modells unterscheiden, in einer Minute. ours: lernt Filter auf seinen Merkmalen. published: der von ddpm-cd.</translation>
        </message>
        <message>
            <source>torch answered with other words than were asked for: {}</source>
            <translation>torch antwortete mit anderen Worten als gefragt war: {}</translation>
        </message>
        <message>
            <source>torch comes as the build that the driver of an NVIDIA card can use, or the small one for processors, and the log says which. It is taken from its publisher's index, unless pip is configured with an index of its own, or one is named.</source>
            <translation>torch kommt in der Ausgabe, die der Treiber einer NVIDIA-Karte nutzen kann, oder in der kleinen für Prozessoren; das Protokoll sagt, in welcher. Es wird vom Index seines Herausgebers genommen, sofern pip nicht auf einen eigenen Index eingestellt oder einer genannt ist.</translation>
        </message>
        <message>
            <source>torch is taken from {}.</source>
            <translation>torch kommt von {}.</translation>
        </message>
        <message>
            <source>torch {} is a build for processors, so NVIDIA cards stay unused. Name an index with a build for CUDA in TORCH_INDEX_URL, and run this again.</source>
            <translation>torch {} ist eine Ausgabe für Prozessoren, NVIDIA-Karten bleiben also ungenutzt. Nennen Sie in TORCH_INDEX_URL einen Index mit einer Ausgabe für CUDA, und führen Sie dies noch einmal aus.</translation>
        </message>
        <message>
            <source>torch {} is built for CUDA {}, but finds no card that works. Update the driver, or name the index of an older CUDA in TORCH_INDEX_URL; until then jobs run on the processor.</source>
            <translation>torch {} ist für CUDA {} gemacht, findet aber keine Karte, die funktioniert. Aktualisieren Sie den Treiber, oder nennen Sie in TORCH_INDEX_URL den Index eines älteren CUDA; bis dahin laufen die Aufträge auf dem Prozessor.</translation>
        </message>
        <message>
            <source>torch {} is there, and computes on NVIDIA cards (CUDA {}).</source>
            <translation>torch {} ist da und rechnet auf NVIDIA-Karten (CUDA {}).</translation>
        </message>
        <message>
            <source>torch {} is there, for processors.</source>
            <translation>torch {} ist da, für Prozessoren.</translation>
        </message>
        <message>
            <source>torch {} is there, the larger build for CUDA {}.</source>
            <translation>torch {} ist da, die größere Ausgabe für CUDA {}.</translation>
        </message>
        <message>
            <source>trained alike on the same pairs</source>
            <translation>gleich trainiert auf denselben Paaren</translation>
        </message>
        <message>
            <source>training</source>
            <translation>Training</translation>
        </message>
        <message>
            <source>training loss</source>
            <translation>Trainingsverlust</translation>
        </message>
        <message>
            <source>training raster</source>
            <translation>Trainingsraster</translation>
        </message>
        <message>
            <source>transform of {} numbers</source>
            <translation>Transformation aus {} Zahlen</translation>
        </message>
        <message>
            <source>true or false</source>
            <translation>wahr oder falsch</translation>
        </message>
        <message>
            <source>trying it</source>
            <translation>die Umgebung wird erprobt</translation>
        </message>
        <message>
            <source>twice a tile</source>
            <translation>das Doppelte einer Kachel</translation>
        </message>
        <message>
            <source>uncertainty</source>
            <translation>Unsicherheit</translation>
        </message>
        <message>
            <source>unchanged</source>
            <translation>unverändert</translation>
        </message>
        <message>
            <source>unet: a U-Net with few parts. wide: one whose time is spent in products, made for bfloat16. sr3: the network published with DDPM-CD. auto: the preset's, which for digits is wide on a processor that multiplies bfloat16 fast.</source>
            <translation>unet: ein U-Netz aus wenigen Teilen. wide: eines, dessen Zeit in Produkte geht, gemacht für bfloat16. sr3: das mit DDPM-CD veröffentlichte Netz. auto: das der Voreinstellung, bei digits wide auf einem Prozessor, der bfloat16 schnell multipliziert.</translation>
        </message>
        <message>
            <source>unknown version</source>
            <translation>unbekannte Version</translation>
        </message>
        <message>
            <source>valid pixels lie apart</source>
            <translation>gültige Pixel liegen vereinzelt</translation>
        </message>
        <message>
            <source>validation</source>
            <translation>Validierung</translation>
        </message>
        <message>
            <source>validation loss</source>
            <translation>Validierungsverlust</translation>
        </message>
        <message>
            <source>versions</source>
            <translation>Versionen</translation>
        </message>
        <message>
            <source>water gained</source>
            <translation>neues Wasser</translation>
        </message>
        <message>
            <source>water lost</source>
            <translation>verlorenes Wasser</translation>
        </message>
        <message>
            <source>weight</source>
            <translation>Gewicht</translation>
        </message>
        <message>
            <source>weights</source>
            <translation>Gewichte</translation>
        </message>
        <message>
            <source>what PIXEL_SIZE and CRS ask for</source>
            <translation>was PIXEL_SIZE und CRS verlangen</translation>
        </message>
        <message>
            <source>what changed</source>
            <translation>was sich veränderte</translation>
        </message>
        <message>
            <source>what is missing is nodata</source>
            <translation>es fehlt, was ohne Daten ist</translation>
        </message>
        <message>
            <source>what was read back differs from what was written</source>
            <translation>was zurückgelesen wurde, weicht von dem Geschriebenen ab</translation>
        </message>
        <message>
            <source>where the copy is written</source>
            <translation>wohin die Kopie geschrieben wird</translation>
        </message>
        <message>
            <source>where {} is valid, {} is not: their valid areas do not meet{}. Choose dates that show the same place, or check their nodata values and masks</source>
            <translation>wo {} gültig ist, ist {} es nicht: ihre gültigen Flächen treffen sich nicht{}. Wählen Sie Zeitpunkte desselben Orts, oder prüfen Sie Nodata-Werte und Masken</translation>
        </message>
        <message>
            <source>which asks for six settings. Every field of 'Train diffusion model' can stand in it, by its name in small letters, and sampler, steps and guidance, for which one training is sampled in several ways. What is not varied is set here for all.</source>
            <translation>die sechs Einstellungen verlangt. Jedes Feld von 'Diffusionsmodell trainieren' kann darin stehen, mit seinem Namen in Kleinbuchstaben, und sampler, steps und guidance, für die ein Training auf mehrere Arten gezogen wird. Was nicht variiert wird, gilt hier für alle.</translation>
        </message>
        <message>
            <source>which fault</source>
            <translation>welcher Fehler</translation>
        </message>
        <message>
            <source>which has no file</source>
            <translation>das keine Datei hat</translation>
        </message>
        <message>
            <source>which tile</source>
            <translation>welche Kachel</translation>
        </message>
        <message>
            <source>whole numbers from 0 to {}</source>
            <translation>ganze Zahlen von 0 bis {}</translation>
        </message>
        <message>
            <source>window</source>
            <translation>Fenster</translation>
        </message>
        <message>
            <source>windows</source>
            <translation>Fenster</translation>
        </message>
        <message>
            <source>writing</source>
            <translation>schreibt</translation>
        </message>
        <message>
            <source>writing the map</source>
            <translation>schreibt die Karte</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>ja</translation>
        </message>
        <message>
            <source>{} ({} there, {} here)</source>
            <translation>{} (dort {}, hier {})</translation>
        </message>
        <message>
            <source>{} ({}) is missing. {}</source>
            <translation>{} ({}) fehlt. {}</translation>
        </message>
        <message>
            <source>{} ({}) is read by the job as {}. Choose another name, so that no input is lost.</source>
            <translation>{} ({}) wird von der Aufgabe als {} gelesen. Wählen Sie einen anderen Namen, damit keine Eingabe verloren geht.</translation>
        </message>
        <message>
            <source>{} ({}) is written by {} too. Choose another name.</source>
            <translation>{} ({}) wird auch von {} geschrieben. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{} Cannot be computed here.</source>
            <translation>{} Kann hier nicht berechnet werden.</translation>
        </message>
        <message>
            <source>{} GFLOP/s in float32</source>
            <translation>{} GFLOP/s in float32</translation>
        </message>
        <message>
            <source>{} If 0 means change, turn it round.</source>
            <translation>{} Bedeutet 0 Veränderung, kehren Sie es um.</translation>
        </message>
        <message>
            <source>{} It was left as it is, and the finished file is {}.</source>
            <translation>{} Sie blieb, wie sie war, und die fertige Datei ist {}.</translation>
        </message>
        <message>
            <source>{} a network of {} M parameters, {} GFLOP a tile, on {} ({}): {} of {} px and {} bands in batches of {}{}.{}</source>
            <translation>{} eines Netzes mit {} Mio. Parametern, {} GFLOP je Kachel, auf {} ({}): {} mit {} px und {} Kanälen in Stapeln von {}{}.{}</translation>
        </message>
        <message>
            <source>{} after</source>
            <translation>{} nachher</translation>
        </message>
        <message>
            <source>{} and {}</source>
            <translation>{} und {}</translation>
        </message>
        <message>
            <source>{} and {} are both of {} by their {}{}.{} Leave one out, join them to one raster, or give the dates of all rasters with DATES.</source>
            <translation>{} und {} sind beide vom {} nach {}{}.{} Lassen Sie eines aus, fügen Sie sie zu einem Raster zusammen, oder geben Sie alle Daten mit DATES.</translation>
        </message>
        <message>
            <source>{} and {} are given, and a run does one of both. Leave one of them empty.</source>
            <translation>{} und {} sind angegeben, und ein Lauf tut nur eines von beiden. Lassen Sie eines davon leer.</translation>
        </message>
        <message>
            <source>{} and {} are one file. Choose another name for one of them.</source>
            <translation>{} und {} sind eine Datei. Wählen Sie für eine einen anderen Namen.</translation>
        </message>
        <message>
            <source>{} and {} have only {} px that are valid in both: too few for the statistics of {} bands, which need {}. Choose larger rasters or fewer bands, or check their nodata values and masks.</source>
            <translation>{} und {} haben nur {} in beiden gültige px: zu wenige für die Statistik von {} Kanälen, die {} braucht. Wählen Sie größere Raster oder weniger Kanäle, oder prüfen Sie Nodata-Werte und Masken.</translation>
        </message>
        <message>
            <source>{} and {} members, width {}</source>
            <translation>{} und {} Mitglieder, Breite {}</translation>
        </message>
        <message>
            <source>{} announces {} bands; up to {} are read. Split it.</source>
            <translation>{} kündigt {} Kanäle an; bis zu {} werden gelesen. Teilen Sie die Datei.</translation>
        </message>
        <message>
            <source>{} are kept apart to be measured on</source>
            <translation>{} werden zum Messen zurückgehalten</translation>
        </message>
        <message>
            <source>{} asks for band {}, but '{}' has {}. Choose other bands or leave it empty.</source>
            <translation>{} verlangt Kanal {}, aber „{}“ hat {}. Wählen Sie andere Kanäle, oder lassen Sie es leer.</translation>
        </message>
        <message>
            <source>{} asks for the job {}. Give `job:` one of: {}.</source>
            <translation>{} verlangt den Auftrag {}. Geben Sie `job:` eines von: {}.</translation>
        </message>
        <message>
            <source>{} at {}</source>
            <translation>{} unter {}</translation>
        </message>
        <message>
            <source>{} bands ({}), tiles of {} px.</source>
            <translation>{} Kanäle ({}), Kacheln von {} px.</translation>
        </message>
        <message>
            <source>{} before</source>
            <translation>{} vorher</translation>
        </message>
        <message>
            <source>{} belongs to LAYOUT tiles: a seamless area has none. Leave it empty.</source>
            <translation>{} gehört zu LAYOUT tiles: eine nahtlose Fläche hat keine. Lassen Sie es leer.</translation>
        </message>
        <message>
            <source>{} belongs to MODEL: from SOURCE nothing goes through a network. Leave it empty.</source>
            <translation>{} gehört zu MODEL: aus SOURCE geht nichts durch ein Netz. Lassen Sie es leer.</translation>
        </message>
        <message>
            <source>{} by the labelled points of {}</source>
            <translation>{} nach den bestimmten Punkten von {}</translation>
        </message>
        <message>
            <source>{} cannot be loaded: {}</source>
            <translation>{} kann nicht geladen werden: {}</translation>
        </message>
        <message>
            <source>{} cannot be read as a database: {}. Choose another file.</source>
            <translation>{} kann nicht als Datenbank gelesen werden: {}. Wählen Sie eine andere Datei.</translation>
        </message>
        <message>
            <source>{} cannot be read as a raster: {}. Choose another file.</source>
            <translation>{} kann nicht als Raster gelesen werden: {}. Wählen Sie eine andere Datei.</translation>
        </message>
        <message>
            <source>{} cannot be read as an image: {}. Remove it from the folder.</source>
            <translation>{} kann nicht als Bild gelesen werden: {}. Entfernen Sie es aus dem Ordner.</translation>
        </message>
        <message>
            <source>{} cannot be read: {}. Choose another file.</source>
            <translation>{} kann nicht gelesen werden: {}. Wählen Sie eine andere Datei.</translation>
        </message>
        <message>
            <source>{} cannot be read: {}. Remove it.</source>
            <translation>{} kann nicht gelesen werden: {}. Entfernen Sie es.</translation>
        </message>
        <message>
            <source>{} cannot be read: {}. Take a whole copy of the file.</source>
            <translation>{} kann nicht gelesen werden: {}. Nehmen Sie eine vollständige Kopie der Datei.</translation>
        </message>
        <message>
            <source>{} cannot be started: {}.</source>
            <translation>{} lässt sich nicht starten: {}.</translation>
        </message>
        <message>
            <source>{} cannot be written to. Choose another folder for the environment.</source>
            <translation>{} lässt sich nicht beschreiben. Wählen Sie einen anderen Ordner für die Umgebung.</translation>
        </message>
        <message>
            <source>{} cannot be written: a folder has this name. Choose another name.</source>
            <translation>{} kann nicht geschrieben werden: ein Ordner heißt so. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{} cannot be written: its folder cannot be made ({}). Choose another folder.</source>
            <translation>{} kann nicht geschrieben werden: sein Ordner kann nicht angelegt werden ({}). Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>{} cannot be written: its scores go to {}, which is a file of somebody else. Rename or move that file, or choose another name.</source>
            <translation>{} kann nicht geschrieben werden: die Werte gehen nach {}, einer fremden Datei. Benennen Sie diese um, verschieben Sie sie, oder wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{} cannot be written: no permission at {}. Check the folder, or choose another one.</source>
            <translation>{} kann nicht geschrieben werden: keine Berechtigung bei {}. Prüfen Sie den Ordner, oder wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>{} cannot be written: {} at {}. Check the folder and its permissions, or choose another one.</source>
            <translation>{} kann nicht geschrieben werden: {} bei {}. Prüfen Sie Ordner und Rechte, oder wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>{} cannot be written: {} would be read as a part of it. Rename or move that file, or choose another name.</source>
            <translation>{} kann nicht geschrieben werden: {} würde als Teil davon gelesen. Benennen Sie diese Datei um, verschieben Sie sie, oder wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{} cannot be written: {}, where its lock would lie, is a file of somebody else. Rename or move that file, or choose another name.</source>
            <translation>{} kann nicht geschrieben werden: {}, wo die Sperre läge, ist eine fremde Datei. Benennen Sie sie um, verschieben Sie sie, oder wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{} cannot be written: {}. Choose another name.</source>
            <translation>{} kann nicht geschrieben werden: {}. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{} cannot load its ssl module, so it can download nothing.</source>
            <translation>{} kann sein Modul ssl nicht laden und darum nichts herunterladen.</translation>
        </message>
        <message>
            <source>{} comes by the expression {}, which gives no value. Correct it, or give a value.</source>
            <translation>{} kommt aus dem Ausdruck {}, der keinen Wert ergibt. Berichtigen Sie ihn, oder geben Sie einen Wert an.</translation>
        </message>
        <message>
            <source>{} compared with {}</source>
            <translation>{} verglichen mit {}</translation>
        </message>
        <message>
            <source>{} could not be copied: {}. Free space on the disk.</source>
            <translation>{} konnte nicht kopiert werden: {}. Schaffen Sie Platz auf dem Datenträger.</translation>
        </message>
        <message>
            <source>{} could not be written whole ({}). Free space on the disk or choose another folder.</source>
            <translation>{} konnte nicht vollständig geschrieben werden ({}). Schaffen Sie Platz auf dem Datenträger oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>{} could not be written whole ({}). Free space on the disk.</source>
            <translation>{} konnte nicht vollständig geschrieben werden ({}). Schaffen Sie Platz auf dem Datenträger.</translation>
        </message>
        <message>
            <source>{} could not be written: {}. Name a .geojson, or choose another folder.</source>
            <translation>{} konnte nicht geschrieben werden: {}. Nennen Sie ein .geojson, oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>{} dates, by {}: {}{}.</source>
            <translation>{} Zeitpunkte, nach {}: {}{}.</translation>
        </message>
        <message>
            <source>{} did not answer within {} s.</source>
            <translation>{} hat nicht binnen {} s geantwortet.</translation>
        </message>
        <message>
            <source>{} does not answer, so its build cannot be had. {}</source>
            <translation>{} antwortet nicht, darum ist seine Ausgabe nicht zu haben. {}</translation>
        </message>
        <message>
            <source>{} does not fit {}; {}. Take a whole copy of the right file.</source>
            <translation>{} passt nicht zu {}; {}. Nehmen Sie eine vollständige Kopie der richtigen Datei.</translation>
        </message>
        <message>
            <source>{} does not hold the network of its card: {} is {}, but has to be {}. Take a whole copy of the file.</source>
            <translation>{} enthält nicht das Netz seiner Karte: {} ist {}, muss aber {} sein. Nehmen Sie eine vollständige Kopie.</translation>
        </message>
        <message>
            <source>{} does not reach into EXTENT. Choose an EXTENT that both dates cover</source>
            <translation>{} reicht nicht in EXTENT. Wählen Sie ein EXTENT, das beide Zeitpunkte abdecken</translation>
        </message>
        <message>
            <source>{} does not say what it was drawn from: it is taken for a random sample within each of the two classes of PREDICTED. If it is not, neither area nor interval holds.</source>
            <translation>{} sagt nicht, woraus die Punkte gezogen wurden: sie gelten als Zufallsstichprobe innerhalb der beiden Klassen von PREDICTED. Ist das nicht so, gelten weder Fläche noch Intervall.</translation>
        </message>
        <message>
            <source>{} gets no style file, because {} would be shown with it too. Give one of them another name.</source>
            <translation>{} bekommt keine Stildatei, weil auch {} mit ihr gezeigt würde. Geben Sie einer von beiden einen anderen Namen.</translation>
        </message>
        <message>
            <source>{} gives {} tiles of {} px, but {} are needed. Choose more imagery or a smaller TILE_PX.</source>
            <translation>{} liefert {} Kacheln zu {} px, aber {} werden gebraucht. Wählen Sie mehr Bilder oder ein kleineres TILE_PX.</translation>
        </message>
        <message>
            <source>{} has `betas` that are no noise schedule: 2 to 100000 numbers above 0 up to 1.</source>
            <translation>{} hat `betas`, die kein Rauschschema sind: 2 bis 100000 Zahlen über 0 bis 1.</translation>
        </message>
        <message>
            <source>{} has a damaged card. Take a whole copy of the file.</source>
            <translation>{} hat eine beschädigte Karte. Nehmen Sie eine vollständige Kopie der Datei.</translation>
        </message>
        <message>
            <source>{} has a damaged header. Take a whole copy of the file.</source>
            <translation>{} hat einen beschädigten Kopf. Nehmen Sie eine vollständige Kopie der Datei.</translation>
        </message>
        <message>
            <source>{} has a georeference whose numbers no place has. Set its georeference anew.</source>
            <translation>{} hat eine Georeferenz, deren Zahlen kein Ort hat. Setzen Sie sie neu.</translation>
        </message>
        <message>
            <source>{} has a palette: it is read as its colours, the bands red, green and blue.</source>
            <translation>{} hat eine Palette: gelesen werden ihre Farben, die Kanäle Rot, Grün und Blau.</translation>
        </message>
        <message>
            <source>{} has card version {}; this release reads version {}. Update qgis_ddpm.</source>
            <translation>{} hat die Kartenversion {}; diese Ausgabe liest Version {}. Aktualisieren Sie qgis_ddpm.</translation>
        </message>
        <message>
            <source>{} has no CRS, and the dates differ in size: {} x {} and {} x {} px. Set its CRS.</source>
            <translation>{} hat kein KBS, und die Zeitpunkte sind verschieden groß: {} x {} und {} x {} px. Setzen Sie das KBS.</translation>
        </message>
        <message>
            <source>{} has no CRS; lengths and areas are in pixels.</source>
            <translation>{} hat kein KBS; Längen und Flächen sind in Pixeln.</translation>
        </message>
        <message>
            <source>{} has no MTL or MTD file: bands are known by their file names alone, without scale, offset and date.</source>
            <translation>{} hat keine MTL- oder MTD-Datei: Kanäle sind nur durch Dateinamen bekannt, ohne Skalierung, Versatz und Datum.</translation>
        </message>
        <message>
            <source>{} has no field {}; its fields are: {}.</source>
            <translation>{} hat kein Feld {}; die Felder sind: {}.</translation>
        </message>
        <message>
            <source>{} has no gap: the output is a copy of it.</source>
            <translation>{} hat keine Lücke: die Ausgabe ist eine Kopie davon.</translation>
        </message>
        <message>
            <source>{} has no image of this name in {}. Add it, or take the first away.</source>
            <translation>{} hat kein Bild dieses Namens in {}. Fügen Sie es hinzu, oder nehmen Sie das erste weg.</translation>
        </message>
        <message>
            <source>{} has no known pixel: all of it is nodata{}. Nothing can be filled from nothing; check its nodata value and the mask.</source>
            <translation>{} hat kein bekanntes Pixel: alles ist ohne Daten{}. Aus nichts lässt sich nichts füllen; prüfen Sie den Nodata-Wert und die Maske.</translation>
        </message>
        <message>
            <source>{} has no nodata value for what looks like a fill: {}. {}</source>
            <translation>{} hat keinen Nodata-Wert für das, was nach einem Füllwert aussieht: {}. {}</translation>
        </message>
        <message>
            <source>{} has no noise of its own: UNCERTAINTY is how far its scores move under noise of {} of each band's standard deviation.</source>
            <translation>{} hat kein eigenes Rauschen: UNCERTAINTY sagt, wie weit sich die Werte unter Rauschen von {} der Standardabweichung jedes Kanals bewegen.</translation>
        </message>
        <message>
            <source>{} has no valid pixel in the chosen bands: {}.</source>
            <translation>{} hat kein gültiges Pixel in den gewählten Kanälen: {}.</translation>
        </message>
        <message>
            <source>{} has no whole part ups.{}. Take a whole copy of the publisher's file.</source>
            <translation>{} hat keinen vollständigen Teil ups.{}. Nehmen Sie eine vollständige Kopie der veröffentlichten Datei.</translation>
        </message>
        <message>
            <source>{} has nothing but nodata{}. Check its nodata value and its own masks</source>
            <translation>{} hat nichts als Nodata{}. Prüfen Sie den Nodata-Wert und eigene Masken</translation>
        </message>
        <message>
            <source>{} has pixels of size 0. Set its georeference anew.</source>
            <translation>{} hat Pixel der Größe 0. Setzen Sie die Georeferenz neu.</translation>
        </message>
        <message>
            <source>{} has the names of {}, but FORMAT is {}. Set FORMAT to {} or auto.</source>
            <translation>{} hat die Namen von {}, aber FORMAT ist {}. Setzen Sie FORMAT auf {} oder auto.</translation>
        </message>
        <message>
            <source>{} has values at {} that are not finite. Take another checkpoint.</source>
            <translation>{} hat bei {} Werte, die nicht endlich sind. Nehmen Sie einen anderen Checkpoint.</translation>
        </message>
        <message>
            <source>{} has {} GB free; {} GB are needed for the build {}. Free some space, or choose another folder.</source>
            <translation>{} hat {} GB frei; {} GB braucht die Ausgabe {}. Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>{} has {} bands and {} {}. Choose rasters of the same bands for SOURCE.</source>
            <translation>{} hat {} Kanäle und {} {}. Wählen Sie für SOURCE Raster derselben Kanäle.</translation>
        </message>
        <message>
            <source>{} has {} bands and {} {}. Choose the same bands with BANDS.</source>
            <translation>{} hat {} Kanäle und {} {}. Wählen Sie dieselben Kanäle mit BANDS.</translation>
        </message>
        <message>
            <source>{} has {} bands and {} {}. Name the bands that correspond with BANDS.</source>
            <translation>{} hat {} Kanäle und {} {}. Nennen Sie die entsprechenden mit BANDS.</translation>
        </message>
        <message>
            <source>{} has {} bands and {} {}. Name the bands that correspond with BANDS_BEFORE and BANDS_AFTER.</source>
            <translation>{} hat {} Kanäle und {} {}. Nennen Sie die entsprechenden mit BANDS_BEFORE und BANDS_AFTER.</translation>
        </message>
        <message>
            <source>{} has {} bands, and a file of a scene has one. Name files of one band each.</source>
            <translation>{} hat {} Kanäle, und eine Datei einer Szene hat einen. Nennen Sie Dateien mit je einem Kanal.</translation>
        </message>
        <message>
            <source>{} has {} bands, others {}. Choose them with BANDS.</source>
            <translation>{} hat {} Kanäle, andere {}. Wählen Sie sie mit BANDS.</translation>
        </message>
        <message>
            <source>{} has {} bands; there is no band {}. Choose other bands.</source>
            <translation>{} hat {} Kanäle; einen Kanal {} gibt es nicht. Wählen Sie andere Kanäle.</translation>
        </message>
        <message>
            <source>{} has {} bytes; checkpoints of up to {} bytes are read.</source>
            <translation>{} hat {} Bytes; Checkpoints bis {} Bytes werden gelesen.</translation>
        </message>
        <message>
            <source>{} has {} labelled points where the map is {}, and at least {} are needed. Label more points.</source>
            <translation>{} hat {} bestimmte Punkte, wo die Karte {} ist, und mindestens {} werden gebraucht. Bestimmen Sie mehr Punkte.</translation>
        </message>
        <message>
            <source>{} holds a network that is told step numbers (time_mlp), `which_model_G: ddpm`. Only those that are told noise levels (noise_level_mlp), `which_model_G: sr3`, can be imported.</source>
            <translation>{} enthält ein Netz, dem Schrittnummern gesagt werden (time_mlp), `which_model_G: ddpm`. Nur solche, denen Rauschstufen gesagt werden (noise_level_mlp), `which_model_G: sr3`, lassen sich importieren.</translation>
        </message>
        <message>
            <source>{} holds a null character. Give a plain text.</source>
            <translation>{} enthält ein Nullzeichen. Geben Sie einen einfachen Text an.</translation>
        </message>
        <message>
            <source>{} holds a table {} that is no layer of vectors, and it would be lost. Choose another name.</source>
            <translation>{} enthält eine Tabelle {}, die kein Vektorlayer ist und verloren ginge. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{} holds more than weights: it wants to call {}. Nothing of it was run. Take a file of weights alone, from a publisher you trust.</source>
            <translation>{} enthält mehr als Gewichte: es will {} aufrufen. Nichts davon wurde ausgeführt. Nehmen Sie eine reine Gewichtsdatei aus vertrauenswürdiger Quelle.</translation>
        </message>
        <message>
            <source>{} holds no network of ddpm-cd or SR3. It holds {}.</source>
            <translation>{} enthält kein Netz von ddpm-cd oder SR3. Es enthält {}.</translation>
        </message>
        <message>
            <source>{} holds no tile of {} px whose pixels are all valid{}. Choose a smaller TILE_PX or other imagery.</source>
            <translation>{} enthält keine Kachel zu {} px, deren Pixel alle gültig sind{}. Wählen Sie ein kleineres TILE_PX oder andere Bilder.</translation>
        </message>
        <message>
            <source>{} holds other files and was not made by 'Set up environment'. Choose an empty or new folder for the environment.</source>
            <translation>{} enthält andere Dateien und wurde nicht von „Umgebung einrichten“ angelegt. Wählen Sie einen leeren oder neuen Ordner für die Umgebung.</translation>
        </message>
        <message>
            <source>{} holds several rasters and none of its own. Export the one you need to a GeoTIFF.</source>
            <translation>{} enthält mehrere Raster und kein eigenes. Exportieren Sie das benötigte in ein GeoTIFF.</translation>
        </message>
        <message>
            <source>{} holds weights but no card. Use 'Import published checkpoint' for files of other projects.</source>
            <translation>{} enthält Gewichte, aber keine Karte. Für Dateien anderer Projekte dient 'Veröffentlichten Checkpoint importieren'.</translation>
        </message>
        <message>
            <source>{} holds {} of {} points that were drawn. The result holds if what is missing was not chosen by what it shows.</source>
            <translation>{} enthält {} von {} gezogenen Punkten. Das Ergebnis gilt, wenn die fehlenden nicht nach dem ausgewählt wurden, was sie zeigen.</translation>
        </message>
        <message>
            <source>{} image{} ({} more are kept for validation)</source>
            <translation>{0} Bilder ({2} weitere sind zur Validierung zurückgehalten)</translation>
        </message>
        <message>
            <source>{} in {} of its pixels</source>
            <translation>{} in {} der Pixel</translation>
        </message>
        <message>
            <source>{} is Python {}; {} or newer is needed.</source>
            <translation>{} ist Python {}; {} oder neuer wird gebraucht.</translation>
        </message>
        <message>
            <source>{} is a change head, not a diffusion network. Name it in HEAD, and the network here.</source>
            <translation>{} ist ein Veränderungskopf, kein Diffusionsnetz. Nennen Sie ihn in HEAD, und das Netz hier.</translation>
        </message>
        <message>
            <source>{} is a file. Choose an empty or new folder for the environment.</source>
            <translation>{} ist eine Datei. Wählen Sie einen leeren oder neuen Ordner für die Umgebung.</translation>
        </message>
        <message>
            <source>{} is a {}; a {} is needed here.</source>
            <translation>{} ist ein {}; hier wird ein {} gebraucht.</translation>
        </message>
        <message>
            <source>{} is being changed by another program. Close it there, and start again.</source>
            <translation>{} wird gerade von einem anderen Programm geändert. Schließen Sie es dort, und beginnen Sie neu.</translation>
        </message>
        <message>
            <source>{} is being written by another run{}. Wait until it is done, stop it, or choose another name.</source>
            <translation>{} wird gerade von einem anderen Lauf{} geschrieben. Warten Sie, halten Sie ihn an, oder wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{} is cut off or damaged. {}</source>
            <translation>{} ist abgeschnitten oder beschädigt. {}</translation>
        </message>
        <message>
            <source>{} is cut off or has grown: its header and its size differ. Take a whole copy.</source>
            <translation>{} ist abgeschnitten oder zu lang: Kopf und Größe stimmen nicht überein. Nehmen Sie eine vollständige Kopie.</translation>
        </message>
        <message>
            <source>{} is cut off: it holds {} of {} bytes. Take a whole copy.</source>
            <translation>{} ist abgeschnitten: es enthält {} von {} Bytes. Nehmen Sie eine vollständige Kopie.</translation>
        </message>
        <message>
            <source>{} is damaged ({}). Remove it, and the training goes on without it.</source>
            <translation>{} ist beschädigt ({}). Entfernen Sie es, dann geht das Training ohne es weiter.</translation>
        </message>
        <message>
            <source>{} is damaged or cut off near row {}: {}. Take a whole copy.</source>
            <translation>{} ist nahe Zeile {} beschädigt oder abgeschnitten: {}. Nehmen Sie eine vollständige Kopie.</translation>
        </message>
        <message>
            <source>{} is damaged: {}. Take a whole copy of the file.</source>
            <translation>{} ist beschädigt: {}. Nehmen Sie eine vollständige Kopie der Datei.</translation>
        </message>
        <message>
            <source>{} is damaged: {}. Take a whole copy.</source>
            <translation>{} ist beschädigt: {}. Nehmen Sie eine vollständige Kopie.</translation>
        </message>
        <message>
            <source>{} is empty. {}</source>
            <translation>{} ist leer. {}</translation>
        </message>
        <message>
            <source>{} is far from {}: {}. It may mean little there.</source>
            <translation>{} ist weit von {}: {}. Es kann dort wenig bedeuten.</translation>
        </message>
        <message>
            <source>{} is held by another program ({}); the finished file is {}.</source>
            <translation>{} wird von einem anderen Programm gehalten ({}); die fertige Datei ist {}.</translation>
        </message>
        <message>
            <source>{} is left out: no measurement is so large.</source>
            <translation>{} entfällt: so groß ist keine Messung.</translation>
        </message>
        <message>
            <source>{} is named for two outputs. Choose another name for one of them.</source>
            <translation>{} ist für zwei Ausgaben genannt. Wählen Sie für eine einen anderen Namen.</translation>
        </message>
        <message>
            <source>{} is no CRS that is read: it names a file of grids. Give a code such as EPSG:32618.</source>
            <translation>{} ist kein KBS, das gelesen wird: es nennt eine Gitterdatei. Geben Sie einen Code wie EPSG:32618.</translation>
        </message>
        <message>
            <source>{} is no CRS. Give a code such as EPSG:32618, or WKT.</source>
            <translation>{} ist kein KBS. Geben Sie einen Code wie EPSG:32618 oder WKT.</translation>
        </message>
        <message>
            <source>{} is no PyTorch checkpoint of weights, or is cut off. {}</source>
            <translation>{} ist kein PyTorch-Checkpoint von Gewichten oder abgeschnitten. {}</translation>
        </message>
        <message>
            <source>{} is no change head of ddpm-cd (cd_head_v2): it lacks decoder.0.block.2 or clfr_stg1. Name the file of the head in HEAD and that of the network in INPUT.</source>
            <translation>{} ist kein Veränderungskopf von ddpm-cd (cd_head_v2): decoder.0.block.2 oder clfr_stg1 fehlt. Nennen Sie die Datei des Kopfs in HEAD und die des Netzes in INPUT.</translation>
        </message>
        <message>
            <source>{} is no network of ddpm-cd or SR3: {} is {}.</source>
            <translation>{} ist kein Netz von ddpm-cd oder SR3: {} ist {}.</translation>
        </message>
        <message>
            <source>{} is no role of a band</source>
            <translation>{} ist keine Rolle eines Kanals</translation>
        </message>
        <message>
            <source>{} is no safetensors file, or is cut off. Choose a model made here or imported.</source>
            <translation>{} ist keine safetensors-Datei oder abgeschnitten. Wählen Sie ein hier erzeugtes oder importiertes Modell.</translation>
        </message>
        <message>
            <source>{} is no whole safetensors file: {}. Take a whole copy.</source>
            <translation>{} ist keine vollständige safetensors-Datei: {}. Nehmen Sie eine vollständige Kopie.</translation>
        </message>
        <message>
            <source>{} is no working Python: {}.</source>
            <translation>{} ist kein funktionierendes Python: {}.</translation>
        </message>
        <message>
            <source>{} is open in another program. Close it there, or choose another name.</source>
            <translation>{} ist in einem anderen Programm offen. Schließen Sie es dort, oder wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{} is stored in blocks of {} MB, each of which has to be decoded whole. Save it as a tiled GeoTIFF.</source>
            <translation>{} ist in Blöcken zu {} MB gespeichert, die ganz dekodiert werden müssen. Speichern Sie es als gekacheltes GeoTIFF.</translation>
        </message>
        <message>
            <source>{} is there and is no GeoPackage, so no layer can be added to it. Choose another name.</source>
            <translation>{} ist da und kein GeoPackage, also kann kein Layer hinzu. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{} is there twice</source>
            <translation>{} steht zweimal da</translation>
        </message>
        <message>
            <source>{} is {} x {} px and {} {} x {} px. Without a CRS both dates need one size.</source>
            <translation>{} hat {} x {} px und {} {} x {} px. Ohne KBS brauchen beide Zeitpunkte eine Größe.</translation>
        </message>
        <message>
            <source>{} is {}, but DETECTOR {} decides by what it was trained on. Leave {} empty.</source>
            <translation>{} ist {}, aber DETECTOR {} entscheidet nach seinem Training. Lassen Sie {} leer.</translation>
        </message>
        <message>
            <source>{} is {}, but has to be a coordinate reference system. {}</source>
            <translation>{} ist {}, muss aber ein Koordinatenbezugssystem sein. {}</translation>
        </message>
        <message>
            <source>{} is {}, but has to be a finite number.</source>
            <translation>{} ist {}, muss aber eine endliche Zahl sein.</translation>
        </message>
        <message>
            <source>{} is {}, but has to be a rectangle. {}</source>
            <translation>{} ist {}, muss aber ein Rechteck sein. {}</translation>
        </message>
        <message>
            <source>{} is {}, but has to be different names with commas, such as NIR,red,green.</source>
            <translation>{} ist {}, muss aber verschiedene Namen mit Kommas sein, etwa NIR,red,green.</translation>
        </message>
        <message>
            <source>{} is {}, but has to be numbers with commas, such as 0,-9999.</source>
            <translation>{} ist {}, muss aber Zahlen mit Kommas sein, etwa 0,-9999.</translation>
        </message>
        <message>
            <source>{} is {}, but has to be one of: {}.</source>
            <translation>{} ist {}, muss aber eines von diesen sein: {}.</translation>
        </message>
        <message>
            <source>{} is {}, but has to be positive numbers with commas, such as 0.079,0.701.</source>
            <translation>{} ist {}, muss aber positive Zahlen mit Kommas sein, etwa 0.079,0.701.</translation>
        </message>
        <message>
            <source>{} is {}, but has to be whole numbers from {} with commas, such as 1,2,4.</source>
            <translation>{} ist {}, muss aber ganze Zahlen ab {} mit Kommas sein, etwa 1,2,4.</translation>
        </message>
        <message>
            <source>{} is {}, but has to be xmin,xmax,ymin,ymax, optionally with [EPSG:4326].</source>
            <translation>{} ist {}, muss aber xmin,xmax,ymin,ymax sein, wahlweise mit [EPSG:4326].</translation>
        </message>
        <message>
            <source>{} is {}, but has to be {}. {}</source>
            <translation>{} ist {}, muss aber {} sein. {}</translation>
        </message>
        <message>
            <source>{} is {}, but what is written there ends in {}. Choose a name that ends so.</source>
            <translation>{} ist {}, doch was dort geschrieben wird, endet auf {}. Wählen Sie einen Namen, der so endet.</translation>
        </message>
        <message>
            <source>{} is {}, but {} is empty. Name {} with it.</source>
            <translation>{} ist {}, aber {} ist leer. Nennen Sie dazu {}.</translation>
        </message>
        <message>
            <source>{} is {}, but {}. Name each band's, in their order: {}, or {}.</source>
            <translation>{} ist {}, aber {}. Nennen Sie die jedes Kanals in ihrer Reihenfolge: {} oder {}.</translation>
        </message>
        <message>
            <source>{} is {}, not a file. Choose another raster.</source>
            <translation>{} ist keine Datei ({}). Wählen Sie ein anderes Raster.</translation>
        </message>
        <message>
            <source>{} is {}, not a folder of images. Choose another folder.</source>
            <translation>{} ist {}, kein Bilderordner. Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>{} is {}, which is out of range. {}</source>
            <translation>{} ist {} und damit außerhalb des Bereichs. {}</translation>
        </message>
        <message>
            <source>{} is {}: the extent is empty. The order is xmin,xmax,ymin,ymax.</source>
            <translation>{} ist {}: die Ausdehnung ist leer. Die Reihenfolge ist xmin,xmax,ymin,ymax.</translation>
        </message>
        <message>
            <source>{} is {}: vectors are written as .geojson, .gpkg or .fgb. Choose one of these.</source>
            <translation>{} ist {}: Vektoren werden als .geojson, .gpkg oder .fgb geschrieben. Wählen Sie eines davon.</translation>
        </message>
        <message>
            <source>{} is {}: {} needs the package pyogrio. Name a .geojson, or install pyogrio.</source>
            <translation>{} ist {}: {} braucht das Paket pyogrio. Nennen Sie ein .geojson, oder installieren Sie pyogrio.</translation>
        </message>
        <message>
            <source>{} lacks the module ensurepip (on Debian and Ubuntu: sudo apt install python{}.{}-venv).</source>
            <translation>{} fehlt das Modul ensurepip (auf Debian und Ubuntu: sudo apt install python{}.{}-venv).</translation>
        </message>
        <message>
            <source>{} lacks the module venv.</source>
            <translation>{} fehlt das Modul venv.</translation>
        </message>
        <message>
            <source>{} lacks {}.</source>
            <translation>{} fehlt {}.</translation>
        </message>
        <message>
            <source>{} left</source>
            <translation>noch {}</translation>
        </message>
        <message>
            <source>{} levels and {} channels</source>
            <translation>{} Stufen und {} Kanäle</translation>
        </message>
        <message>
            <source>{} levels, {} channels and {} widths</source>
            <translation>{} Stufen, {} Kanäle und {} Breiten</translation>
        </message>
        <message>
            <source>{} levels, {} channels, strides {}</source>
            <translation>{} Stufen, {} Kanäle, Schritte {}</translation>
        </message>
        <message>
            <source>{} lie below</source>
            <translation>{} liegen darunter</translation>
        </message>
        <message>
            <source>{} lies on another grid than {}. Switch ALIGN on, or warp it onto that grid before.</source>
            <translation>{} liegt auf einem anderen Gitter als {}. Schalten Sie ALIGN ein, oder transformieren Sie es vorher auf dieses Gitter.</translation>
        </message>
        <message>
            <source>{} more rasters have such fills without a nodata value.</source>
            <translation>{} weitere Raster haben solche Füllwerte ohne Nodata-Wert.</translation>
        </message>
        <message>
            <source>{} needs REFERENCE: a sample tells of its points alone. Leave {} empty.</source>
            <translation>{} braucht REFERENCE: Eine Stichprobe weiß nur von ihren Punkten. Lassen Sie {} leer.</translation>
        </message>
        <message>
            <source>{} noise level</source>
            <translation>{} Rauschstufe</translation>
        </message>
        <message>
            <source>{} of SOURCE are drawn from, in {} windows at random.</source>
            <translation>Gezogen wird aus {} von SOURCE, in {} zufälligen Fenstern.</translation>
        </message>
        <message>
            <source>{} of the dates tell only a month or year; its first day is taken.</source>
            <translation>{} der Zeitpunkte sagen nur Monat oder Jahr; genommen wird deren erster Tag.</translation>
        </message>
        <message>
            <source>{} of the model {} holds numbers that are beyond half precision (65,504). Save it without HALF_PRECISION.</source>
            <translation>{} des Modells {} enthält Zahlen jenseits halber Genauigkeit (65.504). Speichern Sie es ohne HALF_PRECISION.</translation>
        </message>
        <message>
            <source>{} of the optimizer is {}</source>
            <translation>{} des Optimierers ist {}</translation>
        </message>
        <message>
            <source>{} of the pixels of band {} lie beyond the range of its training, {} to {}</source>
            <translation>{} der Pixel von Kanal {} liegen außerhalb des Bereichs seines Trainings, {} bis {}</translation>
        </message>
        <message>
            <source>{} of the real tiles lie in the training imagery. They do not count as unseen.</source>
            <translation>{} der echten Kacheln liegen in den Trainingsbildern. Sie zählen nicht als ungesehen.</translation>
        </message>
        <message>
            <source>{} of the synthetic tiles are copies by themselves.</source>
            <translation>{} der synthetischen Kacheln sind für sich Kopien.</translation>
        </message>
        <message>
            <source>{} of {} MB</source>
            <translation>{} von {} MB</translation>
        </message>
        <message>
            <source>{} of {} maps are left out: too few of their places are valid for statistics.</source>
            <translation>{} von {} Karten entfallen: zu wenige ihrer Orte sind gültig für Statistik.</translation>
        </message>
        <message>
            <source>{} of {} points are unsure; they are left out.{}</source>
            <translation>{} von {} Punkten sind unsicher; sie entfallen.{}</translation>
        </message>
        <message>
            <source>{} of {} points have no label; they are left out.</source>
            <translation>{} von {} Punkten haben keine Angabe; sie entfallen.</translation>
        </message>
        <message>
            <source>{} of {} polygons of {} {} have no valid pixel whose middle lies in them: their shares are empty.</source>
            <translation>{} von {} Polygonen von {} {} haben kein gültiges Pixel, dessen Mitte darin liegt: ihre Anteile sind leer.</translation>
        </message>
        <message>
            <source>{} of {} x {} px</source>
            <translation>{} mit {} x {} px</translation>
        </message>
        <message>
            <source>{} of {} x {} px is too small to draw from. Choose rasters of at least {} px a side for SOURCE.</source>
            <translation>{} mit {} x {} px ist zu klein, um daraus zu ziehen. Wählen Sie für SOURCE Raster von mindestens {} px je Seite.</translation>
        </message>
        <message>
            <source>{} of {} x {} px needs up to {} MB on its disk, with temporary files, but {} MB are free. Free space, or sample a smaller area.</source>
            <translation>{} von {} x {} px braucht bis zu {} MB auf dem Datenträger, mit temporären Dateien, aber {} MB sind frei. Schaffen Sie Platz, oder erzeugen Sie eine kleinere Fläche.</translation>
        </message>
        <message>
            <source>{} of {} {}</source>
            <translation>{} von {} {}</translation>
        </message>
        <message>
            <source>{} of {} {} nothing but nodata{}. Choose other bands</source>
            <translation>{} von {} {} nichts als Nodata{}. Wählen Sie andere Kanäle</translation>
        </message>
        <message>
            <source>{} over {} x {} px of {} bands.</source>
            <translation>{} über {} x {} px mit {} Kanälen.</translation>
        </message>
        <message>
            <source>{} over {} x {} px of {} dates.</source>
            <translation>{} über {} x {} px von {} Zeitpunkten.</translation>
        </message>
        <message>
            <source>{} pairs, {} of their known pixels changed</source>
            <translation>{} Paare, {} ihrer bekannten Pixel verändert</translation>
        </message>
        <message>
            <source>{} pixels are left without data: they are further from known ones than DISTANCE_PX.</source>
            <translation>{} Pixel bleiben ohne Daten: sie sind weiter von bekannten entfernt als DISTANCE_PX.</translation>
        </message>
        <message>
            <source>{} pixels are marked both changed and unchanged in the reference; they are left out.</source>
            <translation>{} Pixel sind in der Referenz sowohl verändert als auch unverändert; sie entfallen.</translation>
        </message>
        <message>
            <source>{} pixels have points of different labels; they are left out.</source>
            <translation>{} Pixel haben Punkte mit verschiedenen Angaben; sie entfallen.</translation>
        </message>
        <message>
            <source>{} pixels were filled. They are estimates, not observations: FILLED says which they are, and SPREAD how far off they may be.</source>
            <translation>{} Pixel wurden gefüllt. Es sind Schätzungen, keine Beobachtungen: FILLED sagt, welche es sind, und SPREAD, wie weit sie daneben liegen können.</translation>
        </message>
        <message>
            <source>{} points are drawn: {}.</source>
            <translation>{} Punkte werden gezogen: {}.</translation>
        </message>
        <message>
            <source>{} points lie beyond the map or where it has no data; they are left out.</source>
            <translation>{} Punkte liegen außerhalb der Karte oder ohne Daten; sie entfallen.</translation>
        </message>
        <message>
            <source>{} points lie in the pixel of another one; each pixel counts once.</source>
            <translation>{} Punkte liegen im Pixel eines anderen; jedes Pixel zählt einmal.</translation>
        </message>
        <message>
            <source>{} predicts 'wiener', but its network has no spectrum. Take a whole copy.</source>
            <translation>{} sagt 'wiener' voraus, aber das Netz hat kein Spektrum. Nehmen Sie eine vollständige Kopie.</translation>
        </message>
        <message>
            <source>{} predicts {}; this release knows {}.</source>
            <translation>{} sagt {} voraus; diese Ausgabe kennt {}.</translation>
        </message>
        <message>
            <source>{} px tiles of {} bands ({}){}</source>
            <translation>Kacheln zu {} px mit {} Kanälen ({}){}</translation>
        </message>
        <message>
            <source>{} reads {} noise levels, but the steps t are {}. Give the JSON of this head as CONFIG.</source>
            <translation>{} liest {} Rauschstufen, aber die Schritte t sind {}. Geben Sie das JSON dieses Kopfs als CONFIG.</translation>
        </message>
        <message>
            <source>{} reads {} scales, but CONFIG names {} in model_cd.feat_scales.</source>
            <translation>{} liest {} Maßstäbe, aber CONFIG nennt {} in model_cd.feat_scales.</translation>
        </message>
        <message>
            <source>{} reads {} scales, which this network does not have.</source>
            <translation>{} liest {} Maßstäbe, die dieses Netz nicht hat.</translation>
        </message>
        <message>
            <source>{} runs in one process. Start it without torchrun; only trainmodel shares its work.</source>
            <translation>{} läuft in einem Prozess. Starten Sie es ohne torchrun; nur trainmodel teilt seine Arbeit.</translation>
        </message>
        <message>
            <source>{} says nowhere when it was taken: neither its name, such as scene_20050712.tif, nor its metadata. Give the dates of all rasters with DATES, in their order.</source>
            <translation>{} sagt nirgends, wann es aufgenommen wurde: weder im Namen wie scene_20050712.tif noch in den Metadaten. Geben Sie die Daten aller Raster mit DATES in ihrer Reihenfolge.</translation>
        </message>
        <message>
            <source>{} synthetic and {} real tiles of {} px</source>
            <translation>{} synthetische und {} echte Kacheln zu {} px</translation>
        </message>
        <message>
            <source>{} synthetic tiles and {} real ones of {} px with {} are compared.</source>
            <translation>{} synthetische Kacheln und {} echte zu {} px mit {} werden verglichen.</translation>
        </message>
        <message>
            <source>{} this takes roughly {}. {}</source>
            <translation>{} dauert das ungefähr {}. {}</translation>
        </message>
        <message>
            <source>{} tiles and {} windows need {} MB, for which memory and disk have no room. Lower CACHED_TILES, or free space in {}.</source>
            <translation>{} Kacheln und {} Fenster brauchen {} MB, wofür Arbeitsspeicher und Datenträger keinen Platz haben. Verringern Sie CACHED_TILES, oder schaffen Sie Platz in {}.</translation>
        </message>
        <message>
            <source>{} tiles, in the same colours</source>
            <translation>{}: Kacheln in denselben Farben</translation>
        </message>
        <message>
            <source>{} to {}</source>
            <translation>{} bis {}</translation>
        </message>
        <message>
            <source>{} was changed by another program while the result was written.</source>
            <translation>{} wurde von einem anderen Programm geändert, während das Ergebnis geschrieben wurde.</translation>
        </message>
        <message>
            <source>{} was changed while it was read, so nothing is published of it. Run the job again when the file is whole.</source>
            <translation>{} wurde beim Lesen verändert, daher wird nichts davon veröffentlicht. Starten Sie den Auftrag neu, wenn die Datei vollständig ist.</translation>
        </message>
        <message>
            <source>{} was drawn from another map than PREDICTED {} (its map is {}, this one {}): its points say nothing of this one. Choose the map, mask and nodata that it was drawn with, or draw a new sample.</source>
            <translation>{} wurde aus einer anderen Karte als PREDICTED {} gezogen (ihre Karte ist {}, diese {}): die Punkte sagen über diese nichts. Wählen Sie Karte, Maske und Nodata, mit denen sie gezogen wurden, oder ziehen Sie eine neue Stichprobe.</translation>
        </message>
        <message>
            <source>{} works on {} bands ({}), but {} gives {}. Choose the bands with BANDS_BEFORE and BANDS_AFTER, or another model.</source>
            <translation>{} arbeitet auf {} Kanälen ({}), aber {} liefert {}. Wählen Sie die Kanäle mit BANDS_BEFORE und BANDS_AFTER, oder ein anderes Modell.</translation>
        </message>
        <message>
            <source>{} x {} px are drawn from {} px of SOURCE, in {} scales, on cpu.</source>
            <translation>{} x {} px werden aus {} px von SOURCE gezogen, in {} Maßstäben, auf cpu.</translation>
        </message>
        <message>
            <source>{} x {} px around row {}, column {}, as around row {}, column {} of {}</source>
            <translation>{} x {} px um Zeile {}, Spalte {}, wie um Zeile {}, Spalte {} von {}</translation>
        </message>
        <message>
            <source>{} x {} px of {}</source>
            <translation>{} x {} px aus {}</translation>
        </message>
        <message>
            <source>{} x {} px: {} windows of {} px go through the network, {} at a time, on {}.</source>
            <translation>{} x {} px: {} Fenster zu {} px gehen durch das Netz, je {} auf einmal, auf {}.</translation>
        </message>
        <message>
            <source>{} {} ({} of the area)</source>
            <translation>{} {} ({} der Fläche)</translation>
        </message>
        <message>
            <source>{} {} a second</source>
            <translation>{} {} je Sekunde</translation>
        </message>
        <message>
            <source>{} {} are compared; the others are nodata, masked or without label.</source>
            <translation>{} {} werden verglichen; die übrigen sind ohne Daten, maskiert oder ohne Referenz.</translation>
        </message>
        <message>
            <source>{} {} cannot be laid on {}: {} has no CRS, and its {} x {} px are not the other's {} x {} px. Set its CRS.</source>
            <translation>{} {} kann nicht auf {} gelegt werden: {} hat kein KBS, und {} x {} px sind nicht die {} x {} px des anderen. Setzen Sie sein KBS.</translation>
        </message>
        <message>
            <source>{} {} cannot be read as {} without the package pyogrio. Save it as GeoJSON, or install pyogrio.</source>
            <translation>{} {} kann als {} nicht ohne das Paket pyogrio gelesen werden. Speichern Sie es als GeoJSON, oder installieren Sie pyogrio.</translation>
        </message>
        <message>
            <source>{} {} cannot be read as {}: {}. Save it as GeoJSON.</source>
            <translation>{} {} kann nicht als {} gelesen werden: {}. Speichern Sie es als GeoJSON.</translation>
        </message>
        <message>
            <source>{} {} cannot be read: {}. Choose another file.</source>
            <translation>{} {} kann nicht gelesen werden: {}. Wählen Sie eine andere Datei.</translation>
        </message>
        <message>
            <source>{} {} does not overlap {}: it covers {} in the coordinates of {}, which covers {} (left bottom right top). Choose data of the same place, or set its right CRS.</source>
            <translation>{} {} überlappt nicht mit {}: es deckt {} in den Koordinaten von {} ab, das {} abdeckt (links unten rechts oben). Wählen Sie Daten desselben Orts, oder setzen Sie das richtige KBS.</translation>
        </message>
        <message>
            <source>{} {} has columns {} already: the copy has the new values.</source>
            <translation>{} {} hat schon Spalten {}: die Kopie hat die neuen Werte.</translation>
        </message>
        <message>
            <source>{} {} has no field {}, but {}. Name the field of the labels in LABEL_FIELD.</source>
            <translation>{} {} hat kein Feld {}, sondern {}. Nennen Sie das Feld der Angaben in LABEL_FIELD.</translation>
        </message>
        <message>
            <source>{} {} hides every valid pixel of {}{}. Without MASK_VALUES a mask is 0 where pixels are to be used and anything else where they are not: check which of its values mean that</source>
            <translation>{} {} verdeckt jedes gültige Pixel von {}{}. Ohne MASK_VALUES ist eine Maske 0, wo Pixel zu nutzen sind, sonst etwas anderes: prüfen Sie, welche Werte das bedeuten</translation>
        </message>
        <message>
            <source>{} {} holds more than two values (0, {}), and all but 0 counts as change. If that is not so, make it 0 and 1, and nodata where it is not known.</source>
            <translation>{} {} enthält mehr als zwei Werte (0, {}), und alles außer 0 gilt als Veränderung. Ist das nicht so, machen Sie 0 und 1 daraus, und Nodata, wo es unbekannt ist.</translation>
        </message>
        <message>
            <source>{} {} holds no {} {}. Choose a {} that has features.</source>
            <translation>{} {} enthält keine {} {}. Wählen Sie einen {} mit Objekten.</translation>
        </message>
        <message>
            <source>{} {} holds points of {} samples. Keep the points of one sample in a file of their own.</source>
            <translation>{} {} enthält Punkte aus {} Stichproben. Bewahren Sie die Punkte einer Stichprobe in einer eigenen Datei auf.</translation>
        </message>
        <message>
            <source>{} {} is no GeoJSON of {}. Export the layer to GeoJSON anew.</source>
            <translation>{} {} ist kein GeoJSON von {}. Exportieren Sie den Layer neu als GeoJSON.</translation>
        </message>
        <message>
            <source>{} {} marks every known pixel as changed: it holds {} and no 0. If one of these means no change, set it to 0.</source>
            <translation>{} {} markiert jedes bekannte Pixel als verändert: es enthält {} und keine 0. Bedeutet eines davon keine Veränderung, setzen Sie es auf 0.</translation>
        </message>
        <message>
            <source>{} {} marks {} of the known pixels as changed.</source>
            <translation>{} {} markiert {} der bekannten Pixel als verändert.</translation>
        </message>
        <message>
            <source>{} {} names no CRS: it is read in degrees of WGS 84, after RFC 7946.</source>
            <translation>{} {} nennt kein KBS: es wird in Grad (WGS 84) gelesen, nach RFC 7946.</translation>
        </message>
        <message>
            <source>{} {} to {}</source>
            <translation>{} {} bis {}</translation>
        </message>
        <message>
            <source>{} {}: its fields {} ({}) and {} ({}) are not those of a sample. Leave them as they were drawn.</source>
            <translation>{} {}: die Felder {} ({}) und {} ({}) sind nicht die einer Stichprobe. Lassen Sie sie, wie sie gezogen wurden.</translation>
        </message>
        <message>
            <source>{} {}: {} of point {} is {}, but has to be 'change', 'no change' or 'unsure' (or 1, 0), or empty. Correct it.</source>
            <translation>{} {}: {} von Punkt {} ist {}, muss aber 'change', 'no change' oder 'unsure' (oder 1, 0) oder leer sein. Berichtigen Sie es.</translation>
        </message>
        <message>
            <source>{}, as pip is configured</source>
            <translation>{}, wie pip eingestellt ist</translation>
        </message>
        <message>
            <source>{}, change</source>
            <translation>{}, Veränderung</translation>
        </message>
        <message>
            <source>{}, channels last{}</source>
            <translation>{}, Kanäle zuletzt{}</translation>
        </message>
        <message>
            <source>{}, named in {}, does not exist. Choose another.</source>
            <translation>{}, genannt in {}, gibt es nicht. Wählen Sie ein anderes.</translation>
        </message>
        <message>
            <source>{}, of one core; PRECISION auto is {} for networks made for it</source>
            <translation>{}, auf einem Kern; PRECISION auto ist {} für Netze, die dafür gemacht sind</translation>
        </message>
        <message>
            <source>{}, so {} cannot be computed and {} reported as 0.</source>
            <translation>{}, daher ist {} nicht zu berechnen, gemeldet wird {} als 0.</translation>
        </message>
        <message>
            <source>{}, which is gone</source>
            <translation>{}, das nicht mehr da ist</translation>
        </message>
        <message>
            <source>{}, {} MB/s, {} left</source>
            <translation>{}, {} MB/s, noch {}</translation>
        </message>
        <message>
            <source>{}. Nothing was run or written.</source>
            <translation>{}. Nichts wurde ausgeführt oder geschrieben.</translation>
        </message>
        <message>
            <source>{}. The scaling of the bands is that of the new data.{}</source>
            <translation>{}. Die Skalierung der Kanäle ist die der neuen Daten.{}</translation>
        </message>
        <message>
            <source>{}.json is damaged ({}). Remove it, and the setting is measured again.</source>
            <translation>{}.json ist beschädigt ({}). Entfernen Sie die Datei, dann wird die Einstellung neu gemessen.</translation>
        </message>
        <message>
            <source>{}: beside {} lies {}, the last changes of a GeoPackage that is not there. Put that GeoPackage back, move the file away, or choose another name.</source>
            <translation>{}: Neben {} liegt {}, die letzten Änderungen eines GeoPackage, das fehlt. Legen Sie das GeoPackage zurück, verschieben Sie die Datei, oder wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{}: rasters are written as GeoTIFF, and {} is no .tif. Choose a name that ends in .tif.</source>
            <translation>{}: Raster werden als GeoTIFF geschrieben, und {} ist kein .tif. Wählen Sie einen Namen, der auf .tif endet.</translation>
        </message>
        <message>
            <source>{}: the layer '{}' has no CRS, and the change map has one. Set its CRS.</source>
            <translation>{}: Der Layer „{}“ hat kein KBS, die Veränderungskarte hat eines. Setzen Sie sein KBS.</translation>
        </message>
        <message>
            <source>{}: {} cannot be read as a layer. Choose another file.</source>
            <translation>{}: {} lässt sich nicht als Layer lesen. Wählen Sie eine andere Datei.</translation>
        </message>
        <message>
            <source>{}: {} has {} bands and {} {}. Choose imagery of one kind, or the bands with BANDS.</source>
            <translation>{}: {} hat {} Kanäle und {} {}. Wählen Sie Bilder einer Art, oder die Kanäle mit BANDS.</translation>
        </message>
        <message>
            <source>{}: {} holds a table '{}' that is no layer of vectors, and it would be lost. Choose another name.</source>
            <translation>{}: {} enthält eine Tabelle '{}', die kein Vektorlayer ist und verloren ginge. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{}: {} holds {} layers, which would be lost. Choose another name.</source>
            <translation>{}: {} enthält {} Layer, die verloren gingen. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{}: {} is there and is no GeoPackage, so no layer can be added to it. Choose another name.</source>
            <translation>{}: {} ist da und kein GeoPackage, sodass kein Layer hinzukommen kann. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>{}: {} {} changed, {} of what is valid.</source>
            <translation>{}: {} {} verändert, {} des Gültigen.</translation>
        </message>
        <message>
            <source>{}; the map shows {}.</source>
            <translation>{}; die Karte zeigt {}.</translation>
        </message>
        <message>
            <source>{}; {} are for validation. Features of {} tiles for training and {} for validation, {} px each, {}</source>
            <translation>{}; {} dienen der Validierung. Merkmale von {} Kacheln zum Training und {} zur Validierung, je {} px, {}</translation>
        </message>
        <message>
            <source>{}; {}. {} places for tiles of {} px, altered anew at each step, and {} windows of {} px for figures, {}</source>
            <translation>{}; {}. {} Orte für Kacheln zu {} px, bei jedem Schritt neu verändert, und {} Fenster zu {} px für Kennzahlen, {}</translation>
        </message>
        <message>
            <source>{}{} over {} steps</source>
            <translation>{}{} über {} Schritte</translation>
        </message>
        <message>
            <source>{}{}. Check the path and its permissions.</source>
            <translation>{}{}. Prüfen Sie den Pfad und seine Rechte.</translation>
        </message>
    </context>
</TS>
