<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>ddpm</name>
        <message>
            <source>1 changed, 0 unchanged, 255 no data.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>1 true positive, 2 false positive, 3 false negative, 0 true negative, 255 left out.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A Python 3.10 or newer that the environment is made from.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A checkpoint is a foreign file. It is read as weights alone: nothing in it is executed, and a file that wants more is refused. The imported network answers as the published one does, to the rounding of 32-bit numbers. Its pixels are 8-bit red, green and blue from 0 to 255.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A diffusion model: a file, or the name of a file in the models folder.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A folder of images (png, jpg, tif; grey or RGB, mixed sizes) or of MNIST files (idx, idx.gz).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A pixel is changed where its score, 0 to 1, reaches it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A set of sizes that belong together: digits (28 px figures), tiny (minutes on a processor), small (ten minutes on a processor), base (a GPU), sr3 (the published DDPM-CD network; a GPU and days).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A trained model: a file, or the name of a file in the models folder.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Accuracy report</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Address of a package index, such as a mirror of your organisation.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Address of the index that torch is taken from.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>After</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Align</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Area of the result, transformed into the CRS and snapped outward to the grid.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Assess change map</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Assess synthetic tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>At least {}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>At most {}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Attention at</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Augmentation</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Averaging of weights</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>BAND_CORRELATION of real tiles against other real ones, at the same count</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Bands</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Bands of the first date</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Bands of the real rasters</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Bands of the second date</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Base interpreter</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Batch size</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Before</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Block of the bootstrap</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Build of torch</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>COVERAGE of real tiles against other real ones, at the same count</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>CRS</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>CRS and nodata of layers</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>CRS of the result.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Calls of the network for each tile.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cancelled. Kept: {}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cancelled. Nothing was kept.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cap of the weight of almost noise-free tiles (Hang et al. 2023).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Change detection</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Change found</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Change head</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Change map</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Change mask</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Change missed</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Change probability</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Changed</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Changed area in square metres (pixels where there is no CRS)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Changed areas</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Changed share of the valid area, 0 to 1</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Channel multipliers</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Channels</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Channels of the first level of the network.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check environment</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Checkpoints are not part of this plugin: download them from their publisher, and mind their licence. Give the file of weights, which ends in _gen.pth, not the one of the optimizer, _opt.pth. The network is recognised by the names and shapes of its weights. The publisher's JSON tells the tile size and, for a change head, the noise levels; without it the publishers' usual ones are taken and said in the log.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose real imagery that the model was not trained on, of the same kind, and at least 200 tiles of it. With the training imagery too, each tile is searched in it, at every place and in all eight turns, and the report shows the nearest places side by side.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cohen's kappa</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Compare a change map with reference data: accuracy figures, their intervals, and a map of errors.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Compare synthetic tiles with real ones: how alike they look, how varied they are, and whether they are copies.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Compares a change map with reference data and tells how good it is: precision, recall, F1 and intersection over union of change, overall accuracy and Cohen's kappa, with an interval for F1 that heeds that neighbouring pixels are alike (block bootstrap).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Configuration</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Configuration file</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Copying the layer '{}' to a file that the worker can read.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>DDPM: diffusion models for rasters</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>DENSITY of real tiles against other real ones, at the same count</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Default device (auto, cpu, cuda, cuda:1, mps)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Denoising strip</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Description of the data</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Detect changes</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Device</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Devices</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Distance between prediction and target.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Distance of the correlations between bands</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Distance of the radial power spectra, in dB</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Dropout</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Empty: {}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Environment</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Environment report</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Experiment folder</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Extent</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>F1 of change</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>FD of real tiles against other real ones, at the same count</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>False alarm</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>File for the detector that is made of the change head.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>File for the model.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>File for the trained model.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>File of weights (.pth, .pt, .ckpt or .safetensors), such as I190000_E97_gen.pth. Nothing in it is executed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>File of weights of a change head of ddpm-cd, such as best_cd_model_gen.pth.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>First beta</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Folder for the environment.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Folder for the record of the run; the same job with the same folder goes on where it stopped.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Folder of images (png, jpg, tif, idx).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Folder of models</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Folder of real images</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Folder of real images.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Folder of synthetic tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Folder of tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Folder of training images</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Folder of wheels</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Footprints</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>For machines without network: packages are taken from this folder alone.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Format</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Frechet distance of the features of synthetic and real tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Free memory in MB</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>From {} to {}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Gives CRS, pixel size, origin and extent of the result.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Goes into the model's card.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Gradient clipping</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Half precision</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>How many real tiles a synthetic one lies among, 1 as for real ones</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>How much is read at once. It does not change the result.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>How noise levels are drawn in training: a published schedule of steps, or edm (log-normal).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>INDEX_URL, else the index that pip is configured with, else the publisher's that fits the build</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Import a published checkpoint of ddpm-cd or SR3, and the change head that belongs to it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Import published checkpoint</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Imported detector</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Imported model</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>In {}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Index of torch</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Interpreter</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Intersection over union of change</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>JSON by path, such as {"a.tif": {"crs": "EPSG:32633", "nodata": 0}}, where a layer says otherwise than its file.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>KID of real tiles against other real ones, at the same count</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Kernel distance of the features of synthetic and real tiles (KID), unbiased</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Largest norm of the gradient; 0 switches it off.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Last beta</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Layout</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Length in minutes</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Length in tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Length of the average of the weights, as a share of all tiles seen; 0 switches it off.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Licence of the data</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Licence of the weights</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Loss</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Lower end of the 95 % interval of F1</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>MEMORISATION of real tiles against other real ones, at the same count</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Make the Python environment that runs the jobs, outside QGIS's own Python; run again, it mends or updates.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Makes a model file of a published checkpoint, so that 'Sample synthetic tiles' and 'Detect changes' can use a network that others have trained on many images. Networks of ddpm-cd are read, and those of SR3 that are not conditional. A change head of ddpm-cd becomes a detector for the imported model.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Makes new pixels that look like the imagery a model was trained on, as a georeferenced raster in the data type and value range of the training raster. Nothing in it was ever seen from above: the files carry the tag SYNTHETIC=YES and the layer's name says so.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Makes the Python environment in which the other algorithms do their work: a folder of its own with torch, rasterio and a few small packages. Nothing is installed into QGIS's own Python, and removing the folder removes everything.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Map of errors</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Map what changed between two rasters of the same place.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Maps what changed between two rasters of the same place. The result lies on the grid of the first raster; the second is resampled onto it where the grids differ. Pixels without data in either date stay without data.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Mask</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Mask of the first date</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Mask of the second date</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Method</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Method used</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Min-SNR gamma</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Model</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Models</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No figure means much alone. Each comes with its floor: what real tiles get against other real tiles at the same count. A figure at its floor cannot be told from real; the report says which ones are.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Noise draws</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Noise levels</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Noise schedule</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Number of images</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Number of steps of a published schedule; edm has none.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Number of tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Number of training images</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Numbers of the bands that correspond, in the same order.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Numbers of the bands that the synthetic ones stand for, such as 1,2,3.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Numbers of the bands to compare, such as 1,2,3.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Numbers of the bands to train on, such as 1,2,3.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Offset noise</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>One GeoTIFF for each tile.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>One number a level, such as 1,2,4; each level halves the size.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>One of: {}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Only the first images of the folder were trained on, as MAX_IMAGES of the training said.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Outlines of the tiles.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Outputs</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Overall accuracy</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Overlap</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Overlap of neighbouring windows in the layout seamless. It changes the result.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Overlap of neighbouring windows of the model. It changes the result a little.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>PRECISION of real tiles against other real ones, at the same count</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Package index</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Page with all that was found.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Page with figures and pictures.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Page with the losses and sample tiles.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Part of the first raster to map.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Patch size</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Picture of some tiles from noise to the result.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Picture: {}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Pixel size</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Pixels folded into channels before the first level: 1, 2 or 4. Larger is faster and coarser.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Polygons with area_m2, mean_score and max_score.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Precision of change</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Prediction</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Preset</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Published checkpoint</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Python of the worker (with torch and rasterio)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>RECALL of real tiles against other real ones, at the same count</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Radiometry</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Random flips, or flips and right-angle turns (dihedral).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Raster of synthetic pixels.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Raster of synthetic pixels: tiles side by side, or a seamless area.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Raster of the first date; the result lies on its grid.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Raster of the second date.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Raster or polygons of places known not to have changed; then only pixels in either reference count.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Raster or polygons of true change: nonzero is change.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Raster or polygons, nonzero where pixels are to be left out.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Raster that is nonzero where the first date is to be ignored, such as clouds.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Raster that is nonzero where the second date is to be ignored.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Raster: nonzero is change, nodata is left out.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Rasters of one band layout; tiles are cut from them at random where all bands are valid.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Reading block</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Real rasters</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Real rasters of the same bands, better not those that the model was trained on.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Recall of change</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Reference</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Reference of no change</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Report on the tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Resample the second raster onto the grid of the first where they differ.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Residual blocks</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Residual blocks at each level.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Run it once. It takes minutes and 1.3 GB of disk for processors, 7 GB for NVIDIA cards. Running it again mends an environment that was left half-made, or updates it. On a machine without network, bring the packages as a folder of wheels; proxies, mirrors and certificates are those that pip is configured with.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>SPECTRUM_DISTANCE of real tiles against other real ones, at the same count</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sample georeferenced synthetic tiles, or one seamless synthetic area, from a trained model.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sample synthetic tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sampler</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Says whether the other algorithms can run, and with what: the Python they use, its versions of torch and rasterio, the devices on which a small computation worked, and the free memory.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Score of change, 0 to 1.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Scores are averaged over so many draws of noise.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Scores without a trained detector are no calibrated probabilities: look at the probability raster, then set the threshold yourself where the automatic one does not suit.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Seconds per tile</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Seed</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Self-conditioning</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Set up environment</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Share for validation</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Share of activations dropped in training.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Share of real tiles that synthetic ones come close to</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Share of real tiles with a synthetic one nearby</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Share of synthetic tiles that lie closer to a training tile than 95 % of unseen real ones do</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Share of synthetic tiles that look like real ones</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Share of the area, or of the images, that is kept for validation.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Show the network its last estimate too (Chen et al. 2022); slower in training by a quarter.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Side of a training tile.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Side of the blocks that the interval is drawn from; larger than the objects.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Side of the tiles that are compared.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sigmas, noise over signal, at which features are read, such as 0.079,0.159,0.701.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Size of a pixel in units of the CRS.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sizes in px of the levels with self-attention, such as 8,16; 0 for none.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Smaller patches of change are dropped.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Smallest change</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>So many tiles of each kind are taken at most, at random.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sources: Bandara et al. 2022 (ddpm-cd); Saharia et al. 2021 (SR3).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sources: Binkowski et al. 2018 (KID); Heusel et al. 2017 (Frechet distance); Kynkaanniemi et al. 2019 (precision, recall); Naeem et al. 2020 (density, coverage); Yoon et al. 2023 (copies).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sources: Ho et al. 2020 (DDPM); Karras et al. 2022 (EDM); Nichol and Dhariwal 2021 (cosine schedule).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sources: Ho et al. 2020 (ddpm); Song et al. 2021 (ddim); Karras et al. 2022 (heun); Lu et al. 2022 (dpmpp_2m).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sources: Nielsen 2007 (irmad); Malila 1980 (cva); Gedara Chaminda Bandara et al. 2022 (features of diffusion models).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Standard deviation of the score over noise draws; takes four draws where one is asked for.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Start with the preset small, or tiny for a first look in minutes, and leave the rest as it is. Give either a length in tiles or in minutes. Cancel saves the model as far as it got; with an experiment folder, the same settings go on later where they stopped. All work is done in a separate process; a GPU is used where one works.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Step size of the optimizer (Adam).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Steps</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Steps of the schedule</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Stop after so many tiles were seen.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Stop after so much time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Strength of noise that is constant over a tile and band, in parts of the noise.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Synthesis</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Synthetic tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Take only the first images of the folder.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Tells how well synthetic tiles match real ones: whether they look alike, whether they are as varied, and whether they are copies of the training imagery. It works for any bands and downloads nothing: a small network learns on the real tiles at hand, in about a minute, what sets tiles apart.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Template raster</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The Python to check.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The environment in this user's standard folder is found by itself. One in another folder has to be named in Settings &gt; Options &gt; Processing &gt; Providers &gt; DDPM.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The heavy work runs in a Python of its own, never in QGIS's. 'Set up environment' makes one. To use another, name it in Settings &gt; Options &gt; Processing &gt; Providers &gt; DDPM, or in the environment variable QGIS_DDPM_PYTHON: a Python 3.10 or newer with torch, numpy, rasterio, safetensors and pyyaml. Nothing is installed or downloaded by this algorithm.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The images that the model was trained on; with them it is told whether tiles are copies.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The interpreter</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The interpreter of the environment</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The layout tiles puts separate tiles side by side. The layout seamless fills an area of any size without borders between tiles; it needs free disk rather than memory.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The learning rate grows linearly over the first tiles.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The map of errors shows where changes were found, missed or made up. All figures come back as outputs, so that a model can go on with them.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The models folder</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The publisher's JSON that comes with the checkpoint, or with the change head where one is given.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The rasters that the model was trained on; with them it is told whether tiles are copies.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The reference is a raster or a polygon layer. Where only some places are known, give the unchanged ones as a second reference: then only pixels in either of the two count. Rasters on another grid or in another CRS are brought onto the grid of the change map.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The same seed gives the same result.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Three methods need no training labels. irmad (iteratively reweighted multivariate alteration detection) finds unusual differences of multispectral bands and is not misled by haze, season or calibration; it wants the same bands at both dates. cva is the length of the change vector, the simplest of all. features compares what a diffusion model trained on such imagery sees at both dates, so shapes and textures count and not colours alone.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Threshold</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Threshold used</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Tile size</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Tiles are cut at random places where all bands are valid. Each band is scaled by its own range, which the model file keeps, so 8-bit, 16-bit and floating point rasters need no preparation.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Tiles in one call of the network.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Tiles in one step of the optimizer.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Tiles per second</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Tiles seen in training</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>To use it, name {} in Settings &gt; Options &gt; Processing &gt; Providers &gt; DDPM.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Train a denoising diffusion model on rasters or on a folder of images.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Train diffusion model</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Trained model</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Training loss at the end</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Training rasters</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Training report</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Trains a denoising diffusion model on your own imagery: rasters of any number of bands and any data type, or a folder of pictures. The network learns to take noise out of tiles. What it has learned serves two other algorithms: 'Sample synthetic tiles' and 'Detect changes' (method features).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Try the interpreter of the worker: versions, devices, memory, a tensor on each device and a GeoTIFF.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Uncertainty</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Unchanged</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Unchanged in both</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Upper end of the 95 % interval of F1</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Used by the layout tiles.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Validation loss at the end</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Variance added in the first step; cosine, jsd, sigmoid and edm do not use it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Variance added in the last step; cosine, jsd, sigmoid and edm do not use it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Version of torch</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Warm-up</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>What the network predicts: noise, x0 (the image), v, edm (preconditioned by Karras et al. 2022), or wiener (what the best linear estimate leaves, so that few tiles and minutes go further).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Where the network runs: auto, cpu, cuda, cuda:1 or mps. auto takes a GPU where one works.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Where the result lies comes from the template raster, from extent, CRS and pixel size, or, where nothing is given, from the training raster. The same seed at the same place gives the same pixels.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Whether jobs can run, true or false</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Whose checkpoint it is; auto tells by the names of the weights.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Windows in one call of the network. It does not change the result.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Write the weights of the model as 16-bit numbers: half the size, and results that differ in the third digit.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>YAML or JSON file with fields of this job, or a configuration of the ddpm-cd code; fields set here win.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>YAML or JSON file with fields of this job; fields set here win over it, it wins over the preset.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>a folder of this user</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>a quarter of the tile</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>accuracy,validation,f1,kappa,confusion matrix,iou,precision,recall,change detection</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>all bands</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>all bands, or as many as the model has</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>all images</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>all that both rasters cover</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>all that is not in the reference is unchanged</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>as for the first date</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>as pip is configured</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>as the preset says</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>as the preset says, or MINUTES alone where it is set</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>as the synthetic raster says, else the side of the smallest image, at most 64 px</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>change detection,diffusion,ddpm,bitemporal,difference,irmad,mad,cva,deforestation,monitoring</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>chosen from the memory</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>cuda for NVIDIA cards (several GB), cpu for all else; auto looks for a card's driver and its CUDA version.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>diffusion,ddpm,ddpm-cd,sr3,pth,weights,pretrained,foundation model,pytorch,detector</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>diffusion,ddpm,deep learning,generative,neural network,u-net,training,imagery</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>diffusion,ddpm,synthetic,generative,generate,texture,imagery,seamless</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>dihedral, but none for digits</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>dpmpp_2m needs the fewest steps; heun is exact at more; ddim is the classic; ddpm adds noise in each step.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>environment,python,torch,gpu,cuda,installation,diagnosis</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>environment,python,torch,gpu,cuda,installation,install,venv,pip</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>features: differences of what a diffusion model sees. irmad: iteratively reweighted multivariate alteration detection, needs no model. cva: length of the change vector. auto: features where a model or detector is given or found, else irmad.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>found from the scores</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>match: fit the second date's brightness to the first on pixels that did not change.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>minutes</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>no cap</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>no file</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>no limit of time</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>no mask</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>no record</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>no report</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>not written</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>only the diffusion model is imported</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>only the folder of tiles is used</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>only the raster is used</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>only the rasters are used</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>packages are downloaded</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>px</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>quality,realism,variety,kid,fid,frechet,precision,recall,coverage,memorisation,spectrum,synthetic</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>square metres</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>square metres (pixels where there is no CRS)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>synthetic</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the Python that QGIS runs on, where it serves, else one installed on this machine or brought by uv</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the detector's, or the first in the models folder whose bands fit</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the method's own</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the one that jobs use</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the template's, or the training raster's</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the training raster's, or EXTENT, CRS and PIXEL_SIZE</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>tile size, schedule and steps as usual with that publisher, each said in a note</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>tiles: separate tiles side by side. seamless: one area without borders between tiles.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{} left</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{}: rasters are written as GeoTIFF, and {} is no .tif. Choose a name that ends in .tif.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{}: {} cannot be read as a layer. Choose another file.</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
